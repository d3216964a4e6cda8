/// Who takes part in industry benchmarks, what they gave, and what was released.
@NullMarked
package ai.quimbi.server.store.benchmark;

import org.jspecify.annotations.NullMarked;
