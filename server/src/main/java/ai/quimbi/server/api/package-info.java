/// One table of routes and a handler for each.
@NullMarked
package ai.quimbi.server.api;

import org.jspecify.annotations.NullMarked;
