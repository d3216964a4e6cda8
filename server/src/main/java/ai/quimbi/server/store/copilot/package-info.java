/// Accounts with their usage and tickets, health weights, and the clients that call the tools.
@NullMarked
package ai.quimbi.server.store.copilot;

import org.jspecify.annotations.NullMarked;
