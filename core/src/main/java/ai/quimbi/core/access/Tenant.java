package ai.quimbi.core.access;

import java.time.ZoneId;
import java.util.Currency;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A company that uses Quimbi. Its `zone` decides what a day is, its `currency` what money is
/// counted in; `industry` is `null` where it has not said.
public record Tenant(
    String id, String name, @Nullable String industry, ZoneId zone, Currency currency) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

  public Tenant {
    if (!isValidId(id)) {
      throw new IllegalArgumentException("not a tenant id: " + id);
    }
    if (name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException("a tenant's name has 1 to 200 characters");
    }
  }

  /// Lower-case letters, digits, `_` and `-`, starting with a letter, at most 40 characters: the id
  /// is part of a database's name.
  public static boolean isValidId(String id) {
    return ID.matcher(id).matches();
  }
}
