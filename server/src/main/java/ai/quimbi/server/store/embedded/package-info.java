/// The PostgreSQL that comes with Quimbi: unpacked, started, guarded and stopped in a data folder.
@NullMarked
package ai.quimbi.server.store.embedded;

import org.jspecify.annotations.NullMarked;
