package ai.quimbi.server.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A Java program of ours in a process of its own, with this test's class path.
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final List<String> said = new ArrayList<>();

  private ServerProcess(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  static ServerProcess start(Path log, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new ServerProcess(
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads on until a line fits. Fails where the process ends before.
  String awaitLine(Predicate<String> fits) {
    try {
      String line;
      while ((line = out.readLine()) != null) {
        said.add(line);
        if (fits.test(line)) {
          return line;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the process ended, having said " + said);
  }

  /// The port that a line `port N` or a URL tells.
  int awaitPort() {
    String line = awaitLine(l -> l.matches("port \\d+") || l.matches(".*http://[^ ]*:\\d+.*"));
    return Integer.parseInt(line.replaceAll("^.*[: ](\\d+)\\D*$", "$1"));
  }

  List<String> said() {
    return List.copyOf(said);
  }

  /// SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// SIGTERM; returns how many milliseconds the end took.
  long stop() throws InterruptedException {
    long from = System.nanoTime();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("SIGTERM did not stop the process within 30 s");
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
