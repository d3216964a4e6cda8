package ai.quimbi.server.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL database is and who enters it. `options` are the driver's, as written after
/// the `?` of the URL (`sslmode=require`), or empty.
public record DatabaseUrl(
    String host, int port, String database, String user, String password, String options) {

  private static final String EXAMPLE = "postgresql://quimbi:password@localhost:5432/postgres";

  public DatabaseUrl {
    if (host.isEmpty() || database.isEmpty() || user.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("a database URL looks like " + EXAMPLE);
    }
  }

  /// Reads `postgresql://user:password@host:port/database?options`; `postgres:` and
  /// `jdbc:postgresql:` are the same. The port is 5432 and the database `postgres` where not said.
  /// An error never repeats the password.
  public static DatabaseUrl parse(String text) {
    String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    URI uri;
    try {
      uri = new URI(plain);
    } catch (URISyntaxException e) {
      throw refused("it is not a URL (is a special character in the password not %-encoded?)");
    }
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "");
    if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
      throw refused("it does not begin with postgresql://");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() == null) {
      throw refused("it needs a host and a user");
    }
    String[] login = uri.getRawUserInfo().split(":", 2);
    String path = Objects.requireNonNullElse(uri.getRawPath(), "");
    String database = path.length() <= 1 ? "postgres" : decoded(path.substring(1));
    return new DatabaseUrl(
        uri.getHost(),
        uri.getPort() == -1 ? 5432 : uri.getPort(),
        database,
        decoded(login[0]),
        login.length == 2 ? decoded(login[1]) : "",
        Objects.requireNonNullElse(uri.getRawQuery(), ""));
  }

  public DatabaseUrl withDatabase(String other) {
    return new DatabaseUrl(host, port, other, user, password, options);
  }

  public DatabaseUrl withLogin(String otherUser, String otherPassword) {
    return new DatabaseUrl(host, port, database, otherUser, otherPassword, options);
  }

  DatabaseUrl withOption(String option) {
    String more = options.isEmpty() ? option : options + "&" + option;
    return new DatabaseUrl(host, port, database, user, password, more);
  }

  /// The same on another server, given as `host:port`; on this one where `null`.
  DatabaseUrl onServer(@Nullable String server) {
    if (server == null) {
      return this;
    }
    int colon = server.lastIndexOf(':');
    return new DatabaseUrl(
        server.substring(0, colon),
        Integer.parseInt(server.substring(colon + 1)),
        database,
        user,
        password,
        options);
  }

  /// The same place without who enters it.
  public String jdbc() {
    // The driver decodes the path: only what would end it needs encoding, names of ours do not.
    String encoded = database.replace("%", "%25").replace("?", "%3F").replace("/", "%2F");
    return "jdbc:postgresql://%s:%d/%s%s"
        .formatted(host, port, encoded, options.isEmpty() ? "" : "?" + options);
  }

  /// Without the password: this text reaches logs.
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "the database URL cannot be used: " + why + ". It looks like " + EXAMPLE);
  }
}
