package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;

/// How often customers buy and when they stop: a distribution over histories `(x, t_x, T)`, that is
/// `x` repeat purchases after the first, the last one `t_x` after it, watched for `T`.
///
/// `T` is called `age` here and `t_x` `recency`; all three models of the literature count from the
/// first purchase. Times may be in any unit as long as it is the same one everywhere.
public sealed interface PurchaseModel permits Nbd, BgNbd, MbgNbd, ParetoNbd {

  Family family();

  /// In the order of [Family#parameterNames].
  Reals parameters();

  double logLikelihood(int x, double recency, double age);

  /// The probability that the customer has not stopped for good by `age`.
  double pAlive(int x, double recency, double age);

  /// The probability of no purchase in `(age, age + horizon]`: the likelihood of the same history
  /// watched longer, over the likelihood of the history.
  double pNone(int x, double recency, double age, double horizon);

  /// The two above of one history, asked several times: what they share is worked out once.
  default Survival survival(int x, double recency, double age) {
    PurchaseModel model = this;
    return new Survival() {
      @Override
      public double pAlive() {
        return model.pAlive(x, recency, age);
      }

      @Override
      public double pNone(double horizon) {
        return model.pNone(x, recency, age, horizon);
      }
    };
  }

  /// What [#pAlive] and [#pNone] say of one history.
  interface Survival {
    double pAlive();

    double pNone(double horizon);
  }

  /// The expected purchases in `(age, age + horizon]` of a customer known to be alive at `age`;
  /// depends on the history only by `x` and `age`.
  double expectedIfAlive(int x, double age, double horizon);

  /// The probability of exactly `n` purchases in `(age, age + horizon]` of a customer alive at
  /// `age`.
  double pCountIfAlive(int n, int x, double age, double horizon);

  /// A draw of the number of purchases in `(age, age + horizon]` of a customer alive at `age`.
  int drawIfAlive(int x, double age, double horizon, Chance chance);

  /// A new customer's probability of being alive right after the first purchase.
  double pAliveNew();

  /// The expected purchases in `(age, age + horizon]`.
  default double expected(int x, double recency, double age, double horizon) {
    return pAlive(x, recency, age) * expectedIfAlive(x, age, horizon);
  }

  /// The probability of exactly `n` purchases in `(age, age + horizon]`.
  default double pCount(int n, int x, double recency, double age, double horizon) {
    double alive = pAlive(x, recency, age) * pCountIfAlive(n, x, age, horizon);
    return n == 0 ? pNone(x, recency, age, horizon) : alive;
  }

  /// The expected repeat purchases of a new customer within `horizon`.
  default double expectedNew(double horizon) {
    return pAliveNew() * expectedIfAlive(0, 0, horizon);
  }

  /// The probability that a new customer makes exactly `n` repeat purchases within `horizon`.
  default double pCountNew(int n, double horizon) {
    double alive = pAliveNew() * pCountIfAlive(n, 0, 0, horizon);
    return n == 0 ? 1 - pAliveNew() + alive : alive;
  }

  /// The expected purchases within `horizon`, each worth `1 / (1 + rate)ᵗ` at the time `t` since
  /// `age`; `ratePerUnit` is per unit of time, the sum is taken over `steps` equal parts.
  default double discounted(
      int x, double recency, double age, double horizon, double ratePerUnit, int steps) {
    double sum = 0;
    double before = 0;
    for (int i = 1; i <= steps; i++) {
      double end = horizon * i / steps;
      double upTo = expectedIfAlive(x, age, end);
      double middle = horizon * (i - 0.5) / steps;
      sum += (upTo - before) * Math.exp(-middle * Math.log1p(ratePerUnit));
      before = upTo;
    }
    return pAlive(x, recency, age) * sum;
  }

  /// Throws where a parameter is not positive and finite.
  static void check(Family family, double... parameters) {
    for (int i = 0; i < parameters.length; i++) {
      if (!(parameters[i] > 0 && Double.isFinite(parameters[i]))) {
        throw new IllegalArgumentException(
            family.label() + ": " + family.parameterNames().get(i) + " = " + parameters[i]);
      }
    }
  }
}
