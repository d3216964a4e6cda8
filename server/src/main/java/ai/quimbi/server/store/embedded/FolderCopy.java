package ai.quimbi.server.store.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Copies a folder that may be in use: files that vanish meanwhile are left out.
final class FolderCopy {
  /// Tells from where recovery begins: copied last, so that it is never older than what it speaks
  /// of.
  private static final Path LAST = Path.of("global", "pg_control");

  private FolderCopy() {}

  /// Copies all but what `isLeftOut` says (of paths relative to `from`), and answers how many
  /// bytes.
  static long of(Path from, Path to, Predicate<Path> isLeftOut) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path inside = from.relativize(folder);
            if (isLeftOut.test(inside)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            privateFolder(to.resolve(inside.toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path inside = from.relativize(file);
            if (!isLeftOut.test(inside) && !inside.equals(LAST)) {
              bytes.addAndGet(copy(file, to.resolve(inside.toString())));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return bytes.addAndGet(copy(from.resolve(LAST), to.resolve(LAST)));
  }

  private static long copy(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
      return Files.size(target);
    } catch (NoSuchFileException e) {
      if (Files.exists(target.resolveSibling("."))) {
        return 0; // dropped while we copied; the log knows
      }
      throw e;
    }
  }

  static void privateFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /// One `sync` for thousands of files.
  static void flushToDisk() throws IOException {
    try {
      new ProcessBuilder("sync").start().waitFor(5, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the disk was written", e);
    }
  }
}
