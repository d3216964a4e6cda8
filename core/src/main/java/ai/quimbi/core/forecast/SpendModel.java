package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;

/// What a customer's purchases are worth: customers differ, and so do one customer's purchases.
/// Values are minor units. The models read a customer by number and total of purchases.
public sealed interface SpendModel permits GammaGamma, LogNormalSpend, SpendByFrequency {

  String label();

  Reals parameters();

  /// The expected value of the next purchase after `n` purchases worth `total` together, `age` days
  /// after the first.
  double expected(int n, double total, double age);

  /// A draw of the value of `purchases` further purchases together.
  double draw(int n, double total, double age, int purchases, Chance chance);

  /// The model with a label, from its [#parameters].
  static SpendModel of(String label, Reals p) {
    if (label.endsWith(SpendByFrequency.SUFFIX)) {
      String base = label.substring(0, label.length() - SpendByFrequency.SUFFIX.length());
      return new SpendByFrequency(
          of(base, p), new FrequencyDependence(p.get(3), p.get(4), p.get(5), p.get(6), p.get(7)));
    }
    return switch (label) {
      case GammaGamma.LABEL -> new GammaGamma(p.get(0), p.get(1), p.get(2));
      case LogNormalSpend.LABEL -> new LogNormalSpend(p.get(0), p.get(1), p.get(2));
      default -> throw new IllegalArgumentException("no spend model is called " + label);
    };
  }
}
