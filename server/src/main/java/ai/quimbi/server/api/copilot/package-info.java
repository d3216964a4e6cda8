/// The customer-success copilot's door: signed tools, accounts, plans.
@NullMarked
package ai.quimbi.server.api.copilot;

import org.jspecify.annotations.NullMarked;
