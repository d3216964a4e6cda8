package ai.quimbi.server.store.events;

import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.Memberships;
import java.util.OptionalDouble;

/// What the models say of one customer on one day. Money is in minor units: `yearAheadMinor` is
/// expected over the next twelve months, `spentMinor` was spent so far, `perYearMinor` a year.
/// `yearlyChurn` is the probability to buy nothing within 365 days, empty for who never bought.
public record Score(
    String customerId,
    Memberships memberships,
    double confidence,
    double churnRisk,
    OptionalDouble yearlyChurn,
    long yearAheadMinor,
    long spentMinor,
    long perYearMinor) {

  /// The dominant segments as the table holds them, in the order of the axes.
  String[] segments() {
    String[] segments = new String[Axis.values().length];
    int place = 0;
    for (Axis axis : Axis.values()) {
      segments[place++] = axis.label() + "=" + memberships.dominant(axis);
    }
    return segments;
  }
}
