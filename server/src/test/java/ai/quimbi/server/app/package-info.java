/// Tests of the wiring and the command line.
@NullMarked
package ai.quimbi.server.app;

import org.jspecify.annotations.NullMarked;
