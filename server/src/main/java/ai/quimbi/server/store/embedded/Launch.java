package ai.quimbi.server.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How this process runs PostgreSQL's programs, which refuse to run as root. `prefix` is what is
/// written before the program; `owner` is the user its files must belong to, or -1 for our own.
///
/// Root is hidden in a user namespace where the machine has them (files stay root's, so this works
/// below a 0700 home as well); else the program runs as `nobody`, where that user can reach it.
record Launch(List<String> prefix, int owner) {
  private static final int NOBODY = 65534;
  private static final List<String> HIDDEN_ROOT =
      List.of("unshare", "-U", "--map-user=" + NOBODY, "--map-group=" + NOBODY, "--");
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups", "--");

  static Launch on(Path postgres) throws IOException, InterruptedException {
    if (!isRoot()) {
      return new Launch(List.of(), -1);
    }
    List<Launch> ways = List.of(new Launch(HIDDEN_ROOT, 0), new Launch(AS_NOBODY, NOBODY));
    for (Launch way : ways) {
      if (runs(way.command(postgres.toString(), "--version"))) {
        return way;
      }
    }
    throw new CannotStart(
        "PostgreSQL does not run as root, and this machine allows neither user namespaces"
            + " (unshare -U) nor running "
            + postgres
            + " as nobody. Start Quimbi as an ordinary user, or move its data folder to a place"
            + " that every user can enter, or set QUIMBI_DATABASE_URL to a PostgreSQL of your own.");
  }

  List<String> command(String... program) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of(program));
    return words;
  }

  /// Words that make the kernel stop PostgreSQL (SIGINT: a fast, clean shutdown) when the thread
  /// that started it ends; nothing where the machine lacks the tool.
  static List<String> untilParentDies() throws IOException, InterruptedException {
    List<String> words = List.of("setpriv", "--pdeathsig", "INT", "--");
    List<String> trial = new ArrayList<>(words);
    trial.add("true");
    return runs(trial) ? words : List.of();
  }

  /// Gives `folder` to the user the program runs as. A folder made by another way of launching
  /// changes hands here.
  void own(Path folder) throws IOException {
    if (owner == -1 || !Files.exists(folder) || ownerOf(folder) == owner) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", owner, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", owner, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  boolean needsOpenFolders() {
    return owner == NOBODY;
  }

  static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) ? ownerOf(self) == 0 : "root".equals(System.getProperty("user.name"));
  }

  private static int ownerOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static boolean runs(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // the tool is not installed
    }
  }
}
