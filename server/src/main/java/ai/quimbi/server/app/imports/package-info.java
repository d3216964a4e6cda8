/// Reads files of transactions as people have them into orders, row by row.
@NullMarked
package ai.quimbi.server.app.imports;

import org.jspecify.annotations.NullMarked;
