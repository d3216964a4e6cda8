/// What a customer-success copilot asks about an account: tools, health, plans, portfolio.
@NullMarked
package ai.quimbi.core.copilot;

import org.jspecify.annotations.NullMarked;
