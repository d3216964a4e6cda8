/// The catalogue that messages are written from, and what became of messages and actions.
@NullMarked
package ai.quimbi.server.store.generation;

import org.jspecify.annotations.NullMarked;
