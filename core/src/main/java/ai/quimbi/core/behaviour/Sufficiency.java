package ai.quimbi.core.behaviour;

import java.util.Locale;

/// How much there is to judge a customer by, from the days with a purchase.
public enum Sufficiency {
  /// No order: every answer is the neutral one.
  NONE,
  /// One or two purchase days: facts, hardly habits.
  LOW,
  /// Three to five.
  MODERATE,
  /// Six or more.
  GOOD;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Sufficiency of(long purchaseDays) {
    if (purchaseDays == 0) {
      return NONE;
    }
    return purchaseDays < 3 ? LOW : purchaseDays < 6 ? MODERATE : GOOD;
  }
}
