/// The embedded server, its folder and its backups, run for real.
@NullMarked
package ai.quimbi.server.store.embedded;

import org.jspecify.annotations.NullMarked;
