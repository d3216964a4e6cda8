<<<<<<< HEAD
/// Mathematics only: special functions, optimisers, quantiles. Knows no customer words and no other
/// package.
=======
/// Mathematics only, without a word about customers: special functions, optimisers, chance, fair
/// shares.
>>>>>>> forecast
@NullMarked
package ai.quimbi.core.stats;

import org.jspecify.annotations.NullMarked;
