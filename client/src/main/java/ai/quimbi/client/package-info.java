/// The Java SDK of Quimbi.
@NullMarked
package ai.quimbi.client;

import org.jspecify.annotations.NullMarked;
