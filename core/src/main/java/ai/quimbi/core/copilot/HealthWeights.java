package ai.quimbi.core.copilot;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// How much usage, tickets and renewal count, in ten-thousandths that add up to the whole. A tenant
/// may change them; every change is a new version.
public record HealthWeights(int version, int usage, int tickets, int renewal) {
  static final int WHOLE = 10_000;

  /// The contract's: 0.45, 0.35, 0.20.
  public static final HealthWeights DEFAULT = new HealthWeights(1, 4_500, 3_500, 2_000);

  public HealthWeights {
    if (usage < 0 || tickets < 0 || renewal < 0 || usage + tickets + renewal != WHOLE) {
      throw new IllegalArgumentException(
          "weights are not negative and add up to 1, were %d, %d, %d ten-thousandths"
              .formatted(usage, tickets, renewal));
    }
  }

  /// The ten-thousandths of a decimal between 0 and 1 with at most four decimals.
  public static int tenThousandths(BigDecimal weight) {
    return weight.movePointRight(4).setScale(0, RoundingMode.UNNECESSARY).intValueExact();
  }
}
