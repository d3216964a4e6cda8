/// Wires the process together: main, configuration, the command line.
@NullMarked
package ai.quimbi.server.app;

import org.jspecify.annotations.NullMarked;
