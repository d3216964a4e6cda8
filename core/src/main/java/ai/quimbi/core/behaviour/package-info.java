/// Who a customer is: thirteen axes of fuzzy segments, archetypes, guidance, drift and similarity.
@NullMarked
package ai.quimbi.core.behaviour;

import org.jspecify.annotations.NullMarked;
