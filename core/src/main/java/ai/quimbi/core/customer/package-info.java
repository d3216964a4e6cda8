/// What is known of a customer: orders and interactions as they were told, and the exact, mergeable
/// profile they add up to.
@NullMarked
package ai.quimbi.core.customer;

import org.jspecify.annotations.NullMarked;
