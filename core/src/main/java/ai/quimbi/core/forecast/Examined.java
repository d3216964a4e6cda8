package ai.quimbi.core.forecast;

import java.util.Arrays;

/// An origin with what the models fitted there say of each of its customers.
final class Examined {
  final Origin origin;
  final PurchaseModel model;
  final SpendModel spend;
  final double[] logitBuy;
  final double[] logExpected;
  final double[][] signals;

  /// 1 where the customer bought within the horizon, else 0.
  final double[] bought;

  Examined(Origin origin, PurchaseModel model, SpendModel spend, double typicalNetMinor) {
    this.origin = origin;
    this.model = model;
    this.spend = spend;
    int n = origin.size();
    logitBuy = new double[n];
    logExpected = new double[n];
    signals = new double[n][];
    bought = Arrays.stream(origin.orders).map(orders -> orders > 0 ? 1 : 0).toArray();
    for (int i = 0; i < n; i++) {
      Traits traits = origin.traits[i];
      Signals.Base base = Signals.Base.of(model, traits.summary(), origin.horizon, origin.horizon);
      logitBuy[i] = base.logitBuy();
      logExpected[i] = base.logExpected();
      signals[i] = Signals.of(traits, base, typicalNetMinor, origin.horizon);
    }
  }

  int size() {
    return logitBuy.length;
  }

  /// ln of what the purchases that came were worth, over what the spend model expected of them.
  double logValueBias() {
    double actual = 0;
    double expected = 0;
    for (int i = 0; i < size(); i++) {
      Summary s = origin.traits[i].summary();
      actual += origin.spend[i];
      expected += origin.orders[i] * spend.expected(s.purchases(), s.netMinor(), s.age());
    }
    return actual > 0 && expected > 0 ? Math.log(actual / expected) : 0;
  }
}
