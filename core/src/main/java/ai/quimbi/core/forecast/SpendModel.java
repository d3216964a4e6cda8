package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;

/// What a customer's purchases are worth: customers differ, and so do one customer's purchases.
/// Values are minor units. Both models read a customer by number and total of purchases.
public sealed interface SpendModel permits GammaGamma, LogNormalSpend {

  String label();

  Reals parameters();

  /// The expected value of the next purchase after `n` purchases worth `total` together.
  double expected(int n, double total);

  /// A draw of the value of `purchases` further purchases together.
  double draw(int n, double total, int purchases, Chance chance);

  /// The model with a label, from its [#parameters].
  static SpendModel of(String label, Reals p) {
    return switch (label) {
      case GammaGamma.LABEL -> new GammaGamma(p.get(0), p.get(1), p.get(2));
      case LogNormalSpend.LABEL -> new LogNormalSpend(p.get(0), p.get(1), p.get(2));
      default -> throw new IllegalArgumentException("no spend model is called " + label);
    };
  }
}
