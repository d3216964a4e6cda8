package ai.quimbi.core.forecast;

import java.util.Locale;

/// How worrying a churn score is: low below 0.26, high from 0.55.
public enum RiskLevel {
  LOW,
  MEDIUM,
  HIGH;

  public static final double MEDIUM_FROM = 0.26;
  public static final double HIGH_FROM = 0.55;

  public static RiskLevel of(double score) {
    return score < MEDIUM_FROM ? LOW : score < HIGH_FROM ? MEDIUM : HIGH;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
