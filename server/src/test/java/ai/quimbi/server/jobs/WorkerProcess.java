package ai.quimbi.server.jobs;

import ai.quimbi.server.jobs.JobHandler.Ending;
import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.jobs.Jobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A worker in a process of its own, to be killed. `main URL INSTALLATION SECRETS_FOLDER KIND`.
final class WorkerProcess {
  private WorkerProcess() {}

  static final Workers.Settings SETTINGS =
      new Workers.Settings(4, Duration.ofMillis(50), Duration.ofSeconds(1));

  /// Twenty milliseconds of work, so that a kill finds some of it half done.
  static final JobHandler HANDLER =
      (job, progress) -> {
        Thread.sleep(20);
        return new Ending.Succeeded("{\"lease\":" + job.lease() + "}");
      };

  public static void main(String[] arguments) throws InterruptedException {
    Databases databases =
        Databases.open(
            DatabaseUrl.parse(arguments[0]),
            Secrets.inFolder(Path.of(arguments[2])),
            Databases.Limits.DEFAULT.withInstallation(arguments[1]));
    Workers.start(new Jobs(databases.control()), Map.of(arguments[3], HANDLER), SETTINGS);
    System.out.println("working");
    new CountDownLatch(1).await();
  }
}
