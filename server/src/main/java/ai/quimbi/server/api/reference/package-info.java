/// What a developer reads in a browser: the reference, the error codes, the server's state.
@NullMarked
package ai.quimbi.server.api.reference;

import org.jspecify.annotations.NullMarked;
