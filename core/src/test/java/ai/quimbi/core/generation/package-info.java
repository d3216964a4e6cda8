@NullMarked
package ai.quimbi.core.generation;

import org.jspecify.annotations.NullMarked;
