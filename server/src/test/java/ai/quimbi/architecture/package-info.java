/// The rules of the house, and the proof that each of them bites.
@NullMarked
package ai.quimbi.architecture;

import org.jspecify.annotations.NullMarked;
