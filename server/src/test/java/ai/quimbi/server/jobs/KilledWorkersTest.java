package ai.quimbi.server.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.jobs.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Worker processes are killed by SIGKILL while they work. A trigger counts every time that a job
/// comes to its end, so that a doubled effect shows.
class KilledWorkersTest {
  private static final int JOBS_A_KILL = 60;

  @TempDir private Path folder;

  @Test
  void three_kills_lose_no_job_and_double_no_effect() throws Exception {
    killAndCheck(3);
  }

  @Test
  @Tag("battery")
  @Tag("battery-jobs")
  void fifty_kills_lose_no_job_and_double_no_effect() throws Exception {
    killAndCheck(50);
  }

  private void killAndCheck(int kills) throws Exception {
    String installation = "jobs" + Long.toString(ProcessHandle.current().pid(), 36) + "k" + kills;
    Databases.Limits limits = Databases.Limits.DEFAULT.withInstallation(installation);
    try (Databases databases =
        Databases.open(TestDatabase.operator(), Secrets.inFolder(folder), limits)) {
      Jobs jobs = new Jobs(databases.control());
      String tenant = tenant(databases);
      Endings endings = Endings.counted(databases);
      List<String> ids = IntStream.range(0, kills * JOBS_A_KILL).mapToObj(i -> "j" + i).toList();
      for (String id : ids) {
        jobs.start(new Jobs.Wish(id, tenant, "slow", "test", "{}", 1_000));
      }
      Random chance = new Random(7);
      for (int kill = 0; kill < kills; kill++) {
        Process worker = worker(installation);
        Thread.sleep(50 + chance.nextInt(400));
        worker.destroyForcibly().waitFor();
      }
      int takenBefore = number(databases, "SELECT count(*) FROM job WHERE lease > 0");
      try (Workers _ =
          Workers.start(jobs, Map.of("slow", WorkerProcess.HANDLER), WorkerProcess.SETTINGS)) {
        waitForTheEnd(databases);
      }

      assertTrue(takenBefore > kills, "the workers did something: " + takenBefore);
      assertEquals(
          ids.size(), number(databases, "SELECT count(*) FROM job WHERE status = 'succeeded'"));
      endings.assertOnceEach(ids);
      int again = number(databases, "SELECT count(*) FROM job WHERE lease > 1");
      assertTrue(again > 0, "no kill met a job at work: nothing was shown");
      databases.tenants().delete(tenant);
      System.out.printf("%d kills, %d jobs, %d taken up again%n", kills, ids.size(), again);
    }
  }

  private static String tenant(Databases databases) {
    Tenant tenant = new Tenant("t", "T", "retail", ZoneId.of("UTC"), Currency.getInstance("USD"));
    databases.tenants().create(tenant);
    return tenant.id();
  }

  private Process worker(String installation) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WorkerProcess.class.getName(),
                    TestDatabase.operatorText(),
                    installation,
                    folder.toString(),
                    "slow"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals("working")) {
        return process;
      }
    }
    throw new IOException("the worker ended before it worked");
  }

  private static void waitForTheEnd(Databases databases) throws InterruptedException {
    for (int i = 0; i < 1_200; i++) {
      if (number(databases, "SELECT count(*) FROM job WHERE finished_at IS NULL") == 0) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("jobs were left after two minutes");
  }

  private static int number(Databases databases, String sql) {
    return databases.control().read(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }
}
