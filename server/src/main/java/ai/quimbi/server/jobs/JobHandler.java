package ai.quimbi.server.jobs;

import ai.quimbi.server.store.jobs.Job;
import java.util.function.IntConsumer;

/// Does the work of one kind of job. It may be done more than once (a worker can die after it), so
/// what it writes must be the same the second time. An exception means: try again later.
@FunctionalInterface
public interface JobHandler {
  /// `progress` hears percents.
  Ending run(Job job, IntConsumer progress) throws Exception;

  /// How an attempt ended; results are JSON text.
  sealed interface Ending {
    record Succeeded(String result) implements Ending {}

    /// For good: another attempt would end the same.
    record Failed(String result) implements Ending {}

    /// Worth another attempt; `result` is what is told when there is none left.
    record TryAgain(String result) implements Ending {}
  }
}
