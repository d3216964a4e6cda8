/// The Java SDK of Quimbi: [ai.quimbi.client.QuimbiClient] for a tenant's key,
/// [ai.quimbi.client.QuimbiAdmin] for an administrator's, [ai.quimbi.client.CopilotTools] for the
/// signed tools.
@NullMarked
package ai.quimbi.client;

import org.jspecify.annotations.NullMarked;
