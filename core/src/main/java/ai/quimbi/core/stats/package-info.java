/// Mathematics only: special functions, optimisers, quantiles. Knows no customer words and no other
/// package.
@NullMarked
package ai.quimbi.core.stats;

import org.jspecify.annotations.NullMarked;
