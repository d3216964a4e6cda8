/// The door, tested from outside over real connections.
@NullMarked
package ai.quimbi.server.http;

import org.jspecify.annotations.NullMarked;
