package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;
import java.util.Arrays;

/// A spend model for values freed from their dependence on the frequency, and that dependence put
/// back. Values are minor units, ages days. Throws where the base has such a dependence itself.
public record SpendByFrequency(SpendModel base, FrequencyDependence dependence)
    implements SpendModel {
  static final String SUFFIX = "-by-frequency";

  public SpendByFrequency {
    if (base instanceof SpendByFrequency) {
      throw new IllegalArgumentException("values depend on the frequency once");
    }
  }

  @Override
  public String label() {
    return base.label() + SUFFIX;
  }

  /// Those of the base, then those of the dependence.
  @Override
  public Reals parameters() {
    double[] own = base.parameters().toArray();
    double[] all = Arrays.copyOf(own, own.length + 5);
    all[own.length] = dependence.slope();
    all[own.length + 1] = dependence.standardError();
    all[own.length + 2] = dependence.r();
    all[own.length + 3] = dependence.alpha();
    all[own.length + 4] = dependence.centre();
    return Reals.of(all);
  }

  @Override
  public double expected(int n, double total, double age) {
    double factor = factor(n, age);
    return factor * base.expected(n, total / factor, age);
  }

  @Override
  public double draw(int n, double total, double age, int purchases, Chance chance) {
    double factor = factor(n, age);
    return factor * base.draw(n, total / factor, age, purchases, chance);
  }

  // The customer is taken for one who will buy again. Of who never bought nothing was seen: the
  // first purchase is as first purchases are.
  private double factor(int n, double age) {
    return n == 0 ? dependence.seen(0, 0) : dependence.toCome(n - 1, age);
  }
}
