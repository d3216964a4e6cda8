package ai.quimbi.server.store.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this machine: an archive on the class path, unpacked once.
final class Binaries {
  private Binaries() {}

  /// The folder with `bin/postgres`, unpacked below `root` if it is not there yet. A half-unpacked
  /// folder of a killed process is never taken for a whole one: the rename comes last.
  static Path unpackedIn(Path root) throws IOException {
    String archive = archiveName();
    Path home = root.resolve(folderName(archive));
    if (Files.isExecutable(home.resolve("bin/postgres"))) {
      return home;
    }
    Path half = root.resolve(home.getFileName() + ".unpacking-" + ProcessHandle.current().pid());
    deleteTree(half);
    Files.createDirectories(half);
    try (InputStream packed = Binaries.class.getResourceAsStream("/" + archive)) {
      if (packed == null) {
        throw new CannotStart(
            "there is no PostgreSQL for this machine ("
                + archive
                + ") in Quimbi's library folder."
                + " Set QUIMBI_DATABASE_URL to a PostgreSQL server of your own (version 15 or newer).");
      }
      unpack(packed, half);
    }
    try {
      Files.move(half, home);
    } catch (IOException e) {
      // Another process may have been faster; its copy is as good as ours.
      deleteTree(half);
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw e;
      }
    }
    return home;
  }

  private static void unpack(InputStream packed, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("the archive leads outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, target);
          boolean runs = (entry.getMode() & 0111) != 0;
          if (runs && !target.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + target);
          }
        }
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static String archiveName() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    String system = os.contains("mac") ? "darwin" : "linux";
    return "postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }

  /// A new archive gets a folder of its own, so that an upgrade unpacks.
  private static String folderName(String archive) throws IOException {
    var url = Binaries.class.getResource("/" + archive);
    if (url == null) {
      return archive.replace(".txz", "");
    }
    long size = url.openConnection().getContentLengthLong();
    return archive.replace(".txz", "") + "-" + Long.toHexString(size);
  }
}
