package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// What the second stage looks at: the purchase model's own answers, and what that model cannot
/// see, such as how silence compares with this customer's usual gap, and how regular the gaps are.
final class Signals {
  static final int COUNT = 25;

  private static final double[] LOG1P = new double[4096];

  static {
    for (int k = 0; k < LOG1P.length; k++) {
      LOG1P[k] = Math.log1p(k / 2.0);
    }
  }

  private final double typicalNetMinor;
  private final double logHorizon;

  /// Against a typical purchase's value, over the horizon that was learned from.
  Signals(double typicalNetMinor, int horizonDays) {
    this.typicalNetMinor = typicalNetMinor;
    logHorizon = Math.log(horizonDays);
  }

  /// The purchase model's view of one customer over the horizon that was learned from;
  /// `logitServed` is the log-odds of buying within the horizon that churn is stated for.
  record Base(double logitBuy, double logExpected, double pAlive, double logitServed) {
    static Base of(PurchaseModel model, Summary s, int horizon, int served) {
      PurchaseModel.Survival survival = model.survival(s.frequency(), s.recency(), s.age());
      double alive = survival.pAlive();
      double expected = alive * model.expectedIfAlive(s.frequency(), s.age(), horizon);
      double logit = -Special.logit(survival.pNone(horizon));
      double other = served == horizon ? logit : -Special.logit(survival.pNone(served));
      return new Base(logit, Signals.logExpected(expected), alive, other);
    }
  }

  static double logExpected(double expected) {
    return Math.log(Math.max(expected, 1e-12));
  }

  /// The first ten are what models of the first form read; new ones are added at the end.
  static double[] of(Traits traits, Base base, double typicalNetMinor, int horizonDays) {
    double[][] column = new double[COUNT][1];
    new Signals(typicalNetMinor, horizonDays).put(column, 0, traits, base);
    double[] row = new double[COUNT];
    for (int j = 0; j < COUNT; j++) {
      row[j] = column[j][0];
    }
    return row;
  }

  /// Puts them into the columns, at `i`.
  void put(double[][] to, int i, Traits traits, Base base) {
    Summary s = traits.summary();
    Rhythm r = traits.rhythm();
    double usual = log1p(r.medianGap());
    boolean hasRepeated = s.frequency() > 0;
    double gap = hasRepeated ? Math.max(1, (double) s.recency() / s.frequency()) : 1;
    double silence = hasRepeated ? log1p(s.daysSinceLast() / gap) : 0;
    double sinceLast = log1p(s.daysSinceLast());
    to[0][i] = base.logitBuy();
    to[1][i] = base.logExpected();
    to[2][i] = silence;
    to[3][i] = hasRepeated ? 1 : 0;
    to[4][i] = sinceLast;
    to[5][i] = Math.log(base.pAlive() + 1e-6);
    to[6][i] = silence * traits.unevenness();
    to[7][i] = traits.unevenness();
    to[8][i] = Math.log((s.meanNetMinor() + 1) / (typicalNetMinor + 1));
    to[9][i] = log1p(traits.troubles());
    to[10][i] = hasRepeated ? sinceLast - usual : 0;
    to[11][i] = hasRepeated ? sinceLast - log1p(r.longestGap()) : 0;
    to[12][i] = r.outlasted();
    to[13][i] = r.returning();
    to[14][i] = log1p(r.lastGap()) - usual;
    to[15][i] = hasRepeated ? logHorizon - usual : 0;
    to[16][i] = log1p(r.last30());
    to[17][i] = log1p(r.last91());
    to[18][i] = log1p(r.last182());
    to[19][i] = log1p(r.yearAgo());
    to[20][i] = log1p(s.frequency());
    to[21][i] = traits.valueTrend();
    to[22][i] = traits.discountShare();
    to[23][i] = log1p(traits.refundedDays());
    to[24][i] = log1p(traits.supportContacts());
  }

  // Of counts and days, whole ones and halves, looked up: nearly all that is asked.
  private static double log1p(double value) {
    double twice = 2 * value;
    int at = (int) twice;
    return at == twice && at >= 0 && at < LOG1P.length ? LOG1P[at] : Math.log1p(value);
  }
}
