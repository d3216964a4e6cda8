package ai.quimbi.server.store.documents;

import java.util.Arrays;
import java.util.Optional;

/// Names one document of a tenant. Owners and ids are opaque, as the contract has them: `a/b` and
/// `..` are legal, and no way out of the place they belong to.
public record DocumentKey(String owner, Kind kind, String id) {
  private static final int MOST_CHARACTERS = 128;

  public DocumentKey {
    if (!isName(owner) || !isName(id)) {
      throw new IllegalArgumentException("owner and id of a document must be names");
    }
  }

  /// What a document tells, and what it is called where there are names.
  public enum Kind {
    USAGE("usage", ".json"),
    TICKETS("tickets", ".json"),
    CONTRACT("contract", ".json"),
    EXPORT("exports", ".part"),
    IMPORT("imports", ".part");

    private final String folder;
    private final String suffix;

    Kind(String folder, String suffix) {
      this.folder = folder;
      this.suffix = suffix;
    }

    String folder() {
      return folder;
    }

    String suffix() {
      return suffix;
    }

    /// Whether others put such documents there for the tools to read.
    boolean isTold() {
      return suffix.equals(".json");
    }

    static Optional<Kind> ofFolder(String folder) {
      return Arrays.stream(values()).filter(kind -> kind.folder.equals(folder)).findFirst();
    }
  }

  /// Whether this can be an owner or an id: 1 to 128 characters, no controls, whole surrogates.
  public static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_CHARACTERS
        && text.codePoints().noneMatch(c -> c < 0x20 || c == 0x7f || (c >= 0xd800 && c <= 0xdfff));
  }
}
