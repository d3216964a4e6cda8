package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// What the second stage looks at: the purchase model's own answers, and what that model cannot
/// see, such as how silence compares with this customer's usual gap, and how regular the gaps are.
final class Signals {
  static final int COUNT = 10;

  private Signals() {}

  /// The purchase model's view of one customer over one horizon.
  record Base(double logitBuy, double logExpected, double pAlive) {
    static Base of(PurchaseModel model, Summary s, double horizon) {
      double alive = model.pAlive(s.frequency(), s.recency(), s.age());
      double none = model.pNone(s.frequency(), s.recency(), s.age(), horizon);
      double expected = alive * model.expectedIfAlive(s.frequency(), s.age(), horizon);
      return new Base(-Special.logit(none), Math.log(Math.max(expected, 1e-12)), alive);
    }
  }

  static double[] of(Traits traits, Base base, double typicalNetMinor) {
    Summary s = traits.summary();
    boolean hasRepeated = s.frequency() > 0;
    double gap = hasRepeated ? Math.max(1, (double) s.recency() / s.frequency()) : 1;
    double silence = hasRepeated ? Math.log1p(s.daysSinceLast() / gap) : 0;
    return new double[] {
      base.logitBuy(),
      base.logExpected(),
      silence,
      hasRepeated ? 1 : 0,
      Math.log1p(s.daysSinceLast()),
      Math.log(base.pAlive() + 1e-6),
      silence * traits.unevenness(),
      traits.unevenness(),
      Math.log((s.meanNetMinor() + 1) / (typicalNetMinor + 1)),
      Math.log1p(traits.troubles()),
    };
  }
}
