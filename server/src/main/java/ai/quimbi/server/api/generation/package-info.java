/// Messages, next best actions and the catalogue they state things from.
@NullMarked
package ai.quimbi.server.api.generation;

import org.jspecify.annotations.NullMarked;
