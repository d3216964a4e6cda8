/// Messages and next best actions that state only what is in the request, the profile or the
/// tenant's catalogue: facts, the composer, the port for language models and the check on them.
@NullMarked
package ai.quimbi.core.generation;

import org.jspecify.annotations.NullMarked;
