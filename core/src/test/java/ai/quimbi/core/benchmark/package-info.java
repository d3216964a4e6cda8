@NullMarked
package ai.quimbi.core.benchmark;

import org.jspecify.annotations.NullMarked;
