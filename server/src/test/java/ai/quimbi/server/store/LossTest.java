package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.embedded.DataFolder;
import ai.quimbi.server.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The database vanishes or the disk is full, in the middle of work.
@Timeout(180)
class LossTest {
  private static final Tenant TENANT =
      new Tenant("shop", "Shop", null, ZoneId.of("UTC"), Currency.getInstance("USD"));

  @TempDir(factory = TestDatabase.InMemory.class)
  Path temporary;

  @Test
  void a_killed_database_comes_back_under_load_and_nothing_acknowledged_is_lost_or_doubled()
      throws Exception {
    DataFolder folder = TestDatabase.dataFolder(temporary.resolve("data"));
    Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicInteger refused = new AtomicInteger();
    AtomicReference<@Nullable Throwable> surprise = new AtomicReference<>();
    AtomicBoolean goOn = new AtomicBoolean(true);
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim);
        var databases = open(server, folder)) {
      databases.tenants().create(TENANT);
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        long first = writer * 1_000_000L;
        writers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (long id = first; goOn.get(); id++) {
                        try {
                          insert(databases, id, "x");
                          acknowledged.add(id);
                        } catch (Unavailable e) {
                          refused.incrementAndGet();
                          pause(20);
                        } catch (RuntimeException e) {
                          surprise.set(e);
                          return;
                        }
                      }
                    }));
      }
      for (int kill = 0; kill < 3; kill++) {
        int before = acknowledged.size();
        waitFor(() -> acknowledged.size() > before + 100, surprise);
        killPostmaster(folder);
        int after = acknowledged.size();
        waitFor(() -> acknowledged.size() > after + 100, surprise);
      }
      goOn.set(false);
      for (Thread writer : writers) {
        writer.join();
      }
      assertTrue(refused.get() > 0, "some were refused while it was away");
      waitFor(() -> succeeds(databases, 9_000_000), surprise);
      Set<Long> lost = new HashSet<>(acknowledged);
      lost.removeAll(ids(databases));
      assertEquals(Set.of(), lost);
    }
  }

  @Test
  void a_full_disk_refuses_writes_loses_nothing_and_is_over_when_there_is_room() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(mount(disk), "this user may not mount a small disk: skipped");
    try {
      DataFolder folder = TestDatabase.dataFolder(disk.resolve("data"));
      try (var claim = folder.claim("serve");
          var server = EmbeddedPostgres.start(claim);
          var databases = open(server, folder)) {
        databases.tenants().create(TENANT);
        insert(databases, 0, "before");
        Path ballast = disk.resolve("ballast");
        fill(ballast, 24 << 20);

        SplittableRandom random = new SplittableRandom(1);
        Set<Long> acknowledged = new HashSet<>(Set.of(0L));
        int refused = 0;
        for (long id = 1; refused < 5 && id < 5_000; id++) {
          try {
            insert(databases, id, noise(random));
            acknowledged.add(id);
          } catch (DatabaseUnavailable e) {
            refused++;
          }
        }
        assertEquals(5, refused, "the disk was full after " + acknowledged.size() + " rows");

        Files.delete(ballast);

        waitFor(() -> succeeds(databases, 1_000_000), new AtomicReference<>());
        Set<Long> lost = new HashSet<>(acknowledged);
        lost.removeAll(ids(databases));
        assertEquals(Set.of(), lost);
      }
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean succeeds(Databases databases, long id) {
    try {
      insert(databases, id, "after");
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }

  private static Databases open(EmbeddedPostgres server, DataFolder folder) {
    return Databases.open(
        server.operatorUrl(), Secrets.inFolder(folder.root()), Databases.Limits.DEFAULT);
  }

  private static void insert(Databases databases, long id, String text) {
    databases.inTransaction(
        "shop",
        handle ->
            handle.execute("INSERT INTO test_row VALUES (?, ?) ON CONFLICT DO NOTHING", id, text));
  }

  private static Set<Long> ids(Databases databases) {
    return new HashSet<>(
        databases.read(
            "shop",
            handle -> handle.createQuery("SELECT id FROM test_row").mapTo(Long.class).list()));
  }

  /// The server process itself, as the kernel's out-of-memory killer would.
  private static void killPostmaster(DataFolder folder) throws Exception {
    String pid = Files.readAllLines(folder.root().resolve("pg/postmaster.pid")).getFirst();
    run("kill", "-KILL", pid.strip());
  }

  private static boolean mount(Path disk) throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=256m", "none", disk.toString());
  }

  /// Leaves `rest` bytes of the disk.
  private static void fill(Path ballast, long rest) throws IOException {
    long size = Files.getFileStore(ballast.resolveSibling(".")).getUsableSpace() - rest;
    byte[] block = new byte[1 << 20];
    try (var out = Files.newOutputStream(ballast)) {
      for (long written = 0; written < size; written += block.length) {
        out.write(block);
      }
    }
  }

  /// Text that PostgreSQL cannot compress.
  private static String noise(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < 100_000) {
      text.append(Long.toHexString(random.nextLong()));
    }
    return text.toString();
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void waitFor(Condition condition, AtomicReference<@Nullable Throwable> surprise) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      Throwable seen = surprise.get();
      if (seen != null) {
        throw new AssertionError("only Unavailable may leave the store", seen);
      }
      assertTrue(System.nanoTime() < end, "within a minute");
      pause(20);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
