/// The store against a real PostgreSQL.
@NullMarked
package ai.quimbi.server.store;

import org.jspecify.annotations.NullMarked;
