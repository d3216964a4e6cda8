package ai.quimbi.core.forecast;

import java.util.Locale;

/// How much there is to judge a customer by.
public enum DataSufficiency {
  /// No purchase: the answer is the population's.
  NONE,
  /// One purchase, or a model that has seen nothing of this tenant and few purchases.
  LOW,
  /// Two or three purchases.
  MEDIUM,
  /// Four purchases or more, and a model fitted to this tenant.
  HIGH;

  static DataSufficiency of(Summary summary, ForecastModel model) {
    int known = summary.purchases();
    if (known == 0) {
      return NONE;
    }
    if (known == 1) {
      return LOW;
    }
    return known >= 4 && model.isFitted() ? HIGH : MEDIUM;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
