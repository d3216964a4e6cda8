/// Tests of the queue.
@NullMarked
package ai.quimbi.server.jobs;

import org.jspecify.annotations.NullMarked;
