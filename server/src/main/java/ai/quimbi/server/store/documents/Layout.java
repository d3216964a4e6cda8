package ai.quimbi.server.store.documents;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What documents are called in a folder or a bucket: `{prefix}/{owner}/{kind}/{id}.json`. Letters,
/// digits and `. _ - @ : + = ,` stand for themselves; every other byte of an owner or id is
/// written `%XX`, so no id can leave its place, and no two share one. A name of more than 200
/// characters is its hash behind a `~`.
///
/// The prefix holds `{tenant}`, or it belongs to the one tenant that is named with it.
public record Layout(String prefix, @Nullable String onlyTenant) {
  private static final String TENANT = "{tenant}";
  private static final String PLAIN = "._-@:+=,";
  private static final int LONGEST_NAME = 200;
  private static final String PUBLIC = "public";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  public Layout {
    boolean isShared = !prefix.contains(TENANT);
    if (isShared && onlyTenant == null) {
      throw new IllegalArgumentException(
          "a prefix without {tenant} belongs to one tenant, which must be named");
    }
    if (!prefix.isEmpty()) {
      for (String part : prefix.replace(TENANT, "t").split("/", -1)) {
        if (!part.matches("[A-Za-z0-9._@:+=,-]+") || part.matches("\\.+")) {
          throw new IllegalArgumentException(
              "a prefix is made of names with '/' between them, was '" + prefix + "'");
        }
      }
    }
  }

  /// Where the tenant's documents begin, with a `/` at the end unless it is everything; empty where
  /// the tenant has none.
  Optional<String> root(Tenant tenant) {
    if (onlyTenant != null && !onlyTenant.equals(tenant.id())) {
      return Optional.empty();
    }
    String root = prefix.replace(TENANT, tenant.id());
    return Optional.of(root.isEmpty() ? "" : root + "/");
  }

  Optional<String> path(Tenant tenant, DocumentKey key) {
    return root(tenant).map(root -> root + ownerName(key.owner()) + "/" + file(key));
  }

  /// Where the document of the owner `public` may be instead.
  Optional<String> flatPath(Tenant tenant, DocumentKey key) {
    return key.owner().equals(PUBLIC) && key.kind().isTold()
        ? root(tenant).map(root -> root + file(key))
        : Optional.empty();
  }

  private static String file(DocumentKey key) {
    return key.kind().folder() + "/" + name(key.id()) + key.kind().suffix();
  }

  /// An owner's folder. One that could be taken for a step upwards or for a flat folder is written
  /// differently.
  static String ownerName(String owner) {
    boolean isMistakable = owner.matches("\\.+") || Kind.ofFolder(owner).isPresent();
    return isMistakable ? hex(owner.charAt(0)) + name(owner.substring(1)) : name(owner);
  }

  static String name(String text) {
    StringBuilder name = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isPlain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      name.append(isPlain ? String.valueOf(c) : hex(c));
    }
    return name.length() <= LONGEST_NAME ? name.toString() : "~" + hash(text);
  }

  private static String hex(char c) {
    return "%" + HEX.toHexDigits((byte) c);
  }

  /// What was written as this name; empty where it was too long to be, or is none of ours.
  private static Optional<String> read(String name, UnaryOperator<String> written) {
    ByteBuffer bytes = ByteBuffer.allocate(name.length());
    try {
      for (int i = 0; i < name.length(); i++) {
        if (name.charAt(i) == '%') {
          bytes.put((byte) HexFormat.fromHexDigits(name, i + 1, i + 3));
          i += 2;
        } else {
          bytes.put((byte) name.charAt(i));
        }
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      return written.apply(text).equals(name) ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | CharacterCodingException notOurs) {
      return Optional.empty();
    }
  }

  /// The key of a path below the tenant's root; empty where it is none.
  static Optional<DocumentKey> key(String relative, Kind kind) {
    String[] parts = relative.split("/", -1);
    boolean isFlat = parts.length == 2 && kind.isTold();
    if (!(isFlat || parts.length == 3)
        || !parts[parts.length - 2].equals(kind.folder())
        || !parts[parts.length - 1].endsWith(kind.suffix())) {
      return Optional.empty();
    }
    String file = parts[parts.length - 1];
    Optional<String> id =
        read(file.substring(0, file.length() - kind.suffix().length()), Layout::name);
    Optional<String> owner = isFlat ? Optional.of(PUBLIC) : read(parts[0], Layout::ownerName);
    try {
      return id.isPresent() && owner.isPresent()
          ? Optional.of(new DocumentKey(owner.get(), kind, id.get()))
          : Optional.empty();
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  private static String hash(String text) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
