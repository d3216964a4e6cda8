/// The queue of jobs in the control database.
@NullMarked
package ai.quimbi.server.store.jobs;

import org.jspecify.annotations.NullMarked;
