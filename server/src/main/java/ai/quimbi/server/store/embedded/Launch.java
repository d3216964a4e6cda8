package ai.quimbi.server.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /// The way for this machine, tried out on the program itself.
  static Launch on(DataFolder folder, Path postgres) throws IOException, InterruptedException {
    if (!isRoot()) {
      return new Launch(List.of(), -1);
    }
    return hiddenRoot(postgres)
        .or(() -> asNobody(folder, postgres))
        .orElseThrow(
            () ->
                new CannotStart(
                    "PostgreSQL does not run as root, and this machine allows neither user"
                        + " namespaces (unshare -U) nor running "
                        + postgres
                        + " as nobody. Start Quimbi as an ordinary user, or move its data folder"
                        + " to a place that every user can enter, or set QUIMBI_DATABASE_URL to a"
                        + " PostgreSQL of your own."));
  }

  static Optional<Launch> hiddenRoot(Path postgres) {
    return tried(new Launch(HIDDEN_ROOT, 0), postgres);
  }

  /// Lets everybody walk through the data folder (not look into it): that user must reach its
  /// files.
  static Optional<Launch> asNobody(DataFolder folder, Path postgres) {
    try {
      Files.setPosixFilePermissions(folder.root(), PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      return Optional.empty();
    }
    return tried(new Launch(AS_NOBODY, NOBODY), postgres);
  }

  private static Optional<Launch> tried(Launch way, Path postgres) {
    return runs(way.command(postgres.toString(), "--version"))
        ? Optional.of(way)
        : Optional.empty();
  }

  List<String> command(String... program) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of(program));
    return words;
  }

  /// Words, where the machine has the tools, that tie PostgreSQL's life to the thread that starts
  /// it and to nothing else: a session of its own, so that Ctrl-C is for us alone and requests
  /// under way still find their database; and the kernel's promise to stop it (SIGINT: a fast,
  /// clean shutdown) when that thread ends.
  static List<String> tiedToParent() {
    List<String> words = new ArrayList<>();
    if (runs(List.of("setsid", "true"))) {
      words.add("setsid");
    }
    if (runs(List.of("setpriv", "--pdeathsig", "INT", "--", "true"))) {
      words.addAll(List.of("setpriv", "--pdeathsig", "INT", "--"));
    }
    return words;
  }

  /// Gives `folder` to the user the program runs as. A folder made by another way of launching
  /// changes hands here.
  void own(Path folder) throws IOException {
    if (owner == -1 || !Files.exists(folder) || ownerOf(folder) == owner) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) ? ownerOf(self) == 0 : "root".equals(System.getProperty("user.name"));
  }

  private static int ownerOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static boolean runs(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // the tool is not installed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
