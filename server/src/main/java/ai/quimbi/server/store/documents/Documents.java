package ai.quimbi.server.store.documents;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.DocumentsUnavailable;
import java.util.List;
import java.util.Optional;

/// Small documents, whole at every moment: a reader sees the old content or the new. One tenant's
/// are not there for another. Where they cannot be reached every method throws
/// [DocumentsUnavailable]; an absent document is never confused with an absent store.
public interface Documents extends AutoCloseable {
  /// The largest document; a larger one is refused in both directions.
  int MAX_BYTES = 8 * 1024 * 1024;

  Optional<byte[]> find(Tenant tenant, DocumentKey key);

  /// Puts the content, over what was there.
  void put(Tenant tenant, DocumentKey key, byte[] content);

  /// Removes the document, if it is there.
  void delete(Tenant tenant, DocumentKey key);

  /// The keys of a kind, at most so many, in the order of owner and id. Ids that are too long to be
  /// written as names are found by [#find] but not listed.
  List<DocumentKey> list(Tenant tenant, DocumentKey.Kind kind, int most);

  @Override
  default void close() {}

  /// Refuses what is too large to be a document.
  static void requireSize(long bytes) {
    if (bytes > MAX_BYTES) {
      throw new DocumentsUnavailable(
          "a document of %d bytes is larger than %d".formatted(bytes, MAX_BYTES), null);
    }
  }
}
