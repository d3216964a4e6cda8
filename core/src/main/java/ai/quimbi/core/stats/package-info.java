/// Mathematics only, without a word about customers: special functions, optimisers, chance, fair
/// shares.
@NullMarked
package ai.quimbi.core.stats;

import org.jspecify.annotations.NullMarked;
