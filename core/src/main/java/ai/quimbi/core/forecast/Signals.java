package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// What the second stage looks at: the purchase model's own answers, and what that model cannot
/// see, such as how silence compares with this customer's usual gap, and how regular the gaps are.
final class Signals {
  static final int COUNT = 25;

  private Signals() {}

  /// The purchase model's view of one customer over the horizon that was learned from;
  /// `logitServed` is the log-odds of buying within the horizon that churn is stated for.
  record Base(double logitBuy, double logExpected, double pAlive, double logitServed) {
    static Base of(PurchaseModel model, Summary s, int horizon, int served) {
      double alive = model.pAlive(s.frequency(), s.recency(), s.age());
      double none = model.pNone(s.frequency(), s.recency(), s.age(), horizon);
      double expected = alive * model.expectedIfAlive(s.frequency(), s.age(), horizon);
      double logit = -Special.logit(none);
      double other =
          served == horizon
              ? logit
              : -Special.logit(model.pNone(s.frequency(), s.recency(), s.age(), served));
      return new Base(logit, Signals.logExpected(expected), alive, other);
    }
  }

  static double logExpected(double expected) {
    return Math.log(Math.max(expected, 1e-12));
  }

  /// The first ten are what models of the first form read; new ones are added at the end.
  static double[] of(Traits traits, Base base, double typicalNetMinor, int horizonDays) {
    Summary s = traits.summary();
    Rhythm r = traits.rhythm();
    double usual = Math.log1p(r.medianGap());
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
      hasRepeated ? Math.log1p(s.daysSinceLast()) - usual : 0,
      hasRepeated ? Math.log1p(s.daysSinceLast()) - Math.log1p(r.longestGap()) : 0,
      r.outlasted(),
      r.returning(),
      Math.log1p(r.lastGap()) - usual,
      hasRepeated ? Math.log(horizonDays) - usual : 0,
      Math.log1p(r.last30()),
      Math.log1p(r.last91()),
      Math.log1p(r.last182()),
      Math.log1p(r.yearAgo()),
      Math.log1p(s.frequency()),
      traits.valueTrend(),
      traits.discountShare(),
      Math.log1p(traits.refundedDays()),
      Math.log1p(traits.supportContacts()),
    };
  }
}
