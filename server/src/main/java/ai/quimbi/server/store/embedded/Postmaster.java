package ai.quimbi.server.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What `postmaster.pid` says about the server that runs, or once ran, on a cluster folder.
record Postmaster(long pid, int port, boolean isReady) {

  static Optional<Postmaster> of(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(pidFile(cluster));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    // pid, folder, start time, port, socket folder, address, shared memory, status:
    // written in steps
    long pid = lines.isEmpty() ? -1 : number(lines.get(0));
    int port = lines.size() < 4 ? -1 : (int) number(lines.get(3));
    boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
    return Optional.of(new Postmaster(pid, port, ready));
  }

  static Path pidFile(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  /// Whether the process is alive and is PostgreSQL on this folder: a pid is soon given to someone
  /// else, and PostgreSQL itself does not look closer.
  boolean runsOn(Path cluster) {
    if (pid <= 0) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty() || !programOf(process.get()).contains("postgres")) {
      return false;
    }
    try {
      return Path.of("/proc/" + pid + "/cwd").toRealPath().equals(cluster.toRealPath());
    } catch (IOException e) {
      return true; // no /proc here, or not ours to look into: the program's name must do
    }
  }

  /// Asks for a fast shutdown and waits until the pid file is gone (not the process: it may stay as
  /// a zombie of a parent that never asks).
  static boolean stop(Path cluster, long pid, Duration patience)
      throws IOException, InterruptedException {
    signal(pid, "INT");
    if (waitUntilGone(cluster, pid, patience)) {
      return true;
    }
    signal(pid, "QUIT"); // immediate: the next start recovers from the log
    return waitUntilGone(cluster, pid, Duration.ofSeconds(2));
  }

  private static boolean waitUntilGone(Path cluster, long pid, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Path file = pidFile(cluster);
    while (Files.exists(file)) {
      boolean isDead = ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
      if (isDead) {
        return true;
      }
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }

  static void signal(long pid, String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    kill.waitFor(5, TimeUnit.SECONDS);
  }

  private static String programOf(ProcessHandle process) {
    return process
        .info()
        .command()
        .orElseGet(
            () -> {
              try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip();
              } catch (IOException e) {
                return "";
              }
            });
  }

  private static long number(String line) {
    try {
      return Long.parseLong(line.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
