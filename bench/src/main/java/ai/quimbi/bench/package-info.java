/// Measurements of the whole system: medians and ratios of interleaved rounds.
@NullMarked
package ai.quimbi.bench;

import org.jspecify.annotations.NullMarked;
