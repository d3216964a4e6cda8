/// What companies may learn of their industry without learning of each other: who counts, what is
/// released, and where a company stands.
@NullMarked
package ai.quimbi.core.benchmark;

import org.jspecify.annotations.NullMarked;
