package ai.quimbi.server.store.documents;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.DocumentsUnavailable;
import ai.quimbi.server.store.PrivateFile;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Documents as files below one folder. Links out of the folder are not followed.
public final class FolderDocuments implements Documents {
  private static final int DEEPEST_KEY = 3;

  private final Path folder;
  private final Layout layout;

  /// The folder must be there; it is looked for at every access, since folders are unmounted.
  public FolderDocuments(Path folder, Layout layout) {
    this.folder = folder.toAbsolutePath().normalize();
    this.layout = layout;
  }

  @Override
  public Optional<byte[]> find(Tenant tenant, DocumentKey key) {
    Path root = root();
    for (Optional<String> place : List.of(layout.path(tenant, key), layout.flatPath(tenant, key))) {
      Optional<byte[]> found = place.flatMap(path -> read(root, path));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> read(Path root, String relative) {
    try {
      Path file = root.resolve(relative);
      // On a disk that ignores the case of letters, another id's file answers to this name.
      if (!file.toRealPath().equals(file)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(MAX_BYTES + 1);
        Documents.requireSize(content.length);
        return Optional.of(content);
      }
    } catch (NoSuchFileException absent) {
      root();
      return Optional.empty();
    } catch (IOException e) {
      throw new DocumentsUnavailable("cannot read a document in " + folder, e);
    }
  }

  @Override
  public void put(Tenant tenant, DocumentKey key, byte[] content) {
    Documents.requireSize(content.length);
    Path file = root().resolve(placeOf(tenant, key));
    try {
      Path parent = file.getParent();
      if (parent == null || !Files.createDirectories(parent).toRealPath().equals(parent)) {
        throw new DocumentsUnavailable("a link leads out of " + folder, null);
      }
      // Its name has a '~' in it, as no document's has there: it is nobody's while it is written.
      Path fresh = Files.createTempFile(parent, "~", "~");
      Files.write(fresh, content);
      PrivateFile.replace(fresh, file);
    } catch (IOException | UncheckedIOException e) {
      throw new DocumentsUnavailable("cannot write a document in " + folder, e);
    }
  }

  @Override
  public void delete(Tenant tenant, DocumentKey key) {
    try {
      Files.deleteIfExists(root().resolve(placeOf(tenant, key)));
    } catch (IOException e) {
      throw new DocumentsUnavailable("cannot remove a document in " + folder, e);
    }
  }

  private String placeOf(Tenant tenant, DocumentKey key) {
    return layout
        .path(tenant, key)
        .orElseThrow(
            () -> new DocumentsUnavailable("documents are kept for another tenant only", null));
  }

  @Override
  public List<DocumentKey> list(Tenant tenant, Kind kind, int most) {
    Optional<Path> root = layout.root(tenant).map(root()::resolve).filter(Files::isDirectory);
    if (root.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root.get(), DEEPEST_KEY)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> Layout.key(root.get().relativize(file).toString(), kind).stream())
          .distinct()
          .sorted(Comparator.comparing(DocumentKey::owner).thenComparing(DocumentKey::id))
          .limit(most)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DocumentsUnavailable("cannot list the documents in " + folder, e);
    }
  }

  private Path root() {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new DocumentsUnavailable("there is no folder " + folder, e);
    }
  }
}
