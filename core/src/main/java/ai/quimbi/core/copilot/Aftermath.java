package ai.quimbi.core.copilot;

import java.time.ZoneOffset;
import java.util.Locale;

/// What became of an account in the days after a score.
public enum Aftermath {
  /// Its renewal date passed and still stands, a month later and more.
  RENEWAL_LAPSED,
  /// Half of the daily users or more were gone at the end.
  USAGE_COLLAPSED,
  /// It had ordered on two days or more in as many days before, and did not order again.
  ORDERS_STOPPED,
  /// Something is known of it, and none of these happened.
  KEPT,
  /// Nothing was told afterwards that would settle it.
  UNKNOWN;

  private static final int MONTH = 30;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isBad() {
    return switch (this) {
      case RENEWAL_LAPSED, USAGE_COLLAPSED, ORDERS_STOPPED -> true;
      case KEPT, UNKNOWN -> false;
    };
  }

  /// Of the `horizon` days after `day`, as it is known `today`; all of them must have passed.
  static Aftermath of(AccountPast past, int day, int horizon, int today) {
    int end = day + horizon;
    Renewal renewal = past.renewal();
    if (renewal != null) {
      long due = renewal.at().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
      if (due > day && due <= end && due + MONTH <= today) {
        return RENEWAL_LAPSED;
      }
    }
    Double before = past.meanUsers(day - MONTH + 1, day);
    Double after = past.meanUsers(Math.max(day, end - MONTH) + 1, end);
    boolean isUsageKnown = before != null && before >= 1 && after != null;
    if (before != null && after != null && isUsageKnown && after <= before / 2) {
      return USAGE_COLLAPSED;
    }
    boolean isBuyer = past.purchases(day - horizon + 1, day) >= 2;
    if (isBuyer && past.purchases(day + 1, end) == 0) {
      return ORDERS_STOPPED;
    }
    return isUsageKnown || isBuyer ? KEPT : UNKNOWN;
  }
}
