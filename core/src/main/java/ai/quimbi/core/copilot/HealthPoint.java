package ai.quimbi.core.copilot;

import ai.quimbi.core.copilot.Health.Risk;
import java.util.List;

/// An account's health as it was on one day (an epoch day), under one version of the weights.
public record HealthPoint(
    int day,
    int score,
    Risk risk,
    List<String> signals,
    int openTickets,
    long daysToRenewal,
    int weightsVersion) {

  public HealthPoint {
    signals = List.copyOf(signals);
  }

  public static HealthPoint of(
      int day, Health health, int openTickets, long daysToRenewal, HealthWeights weights) {
    return new HealthPoint(
        day,
        health.score(),
        health.risk(),
        health.signals(),
        openTickets,
        daysToRenewal,
        weights.version());
  }

  /// Whether both say the same of the account; the days to the renewal go down by themselves.
  public boolean says(HealthPoint other) {
    return score == other.score
        && signals.equals(other.signals)
        && weightsVersion == other.weightsVersion;
  }
}
