/// What a customer will do: purchase and spend models, churn, lifetime value, and how far to trust
/// them. All times are days, all money is minor units until it leaves.
@NullMarked
package ai.quimbi.core.forecast;

import org.jspecify.annotations.NullMarked;
