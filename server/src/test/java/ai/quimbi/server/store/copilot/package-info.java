/// Accounts and clients in PostgreSQL.
@NullMarked
package ai.quimbi.server.store.copilot;

import org.jspecify.annotations.NullMarked;
