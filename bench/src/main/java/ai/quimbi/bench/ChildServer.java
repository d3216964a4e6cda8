package ai.quimbi.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A [BenchServer] in a process of its own, heap 512 MB as `./quimbi serve` gives it.
record ChildServer(Process process, int port, String key) implements AutoCloseable {

  static ChildServer start(Path data, String fill) throws IOException {
    return start(data, fill, "32");
  }

  static ChildServer start(Path data, String fill, String keptMegabytes) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            BenchServer.class.getName(),
            data.toString(),
            fill,
            keptMegabytes);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("port")) {
        return new ChildServer(process, Integer.parseInt(words[1]), words[3]);
      }
    }
    throw new IOException("the server ended before it listened");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
