/// Works on the jobs of the queue: virtual threads, leases, retries.
@NullMarked
package ai.quimbi.server.jobs;

import org.jspecify.annotations.NullMarked;
