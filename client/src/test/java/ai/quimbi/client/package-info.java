/// Tests of the Java SDK against a server that misbehaves on purpose.
@NullMarked
package ai.quimbi.client;

import org.jspecify.annotations.NullMarked;
