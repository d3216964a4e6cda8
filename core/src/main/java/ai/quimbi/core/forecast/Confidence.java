package ai.quimbi.core.forecast;

/// How far an answer rests on this customer's own history rather than on others', from 0 to 1.
///
/// `age / (age + α)` is the weight the purchase model itself gives to the customer's own rate (the
/// credibility factor of Bühlmann 1967). It counts in full when the model has seen many of the
/// tenant's repeat customers, half when it has seen none.
final class Confidence {
  private static final double REPEATERS_FOR_HALF = 30;

  private Confidence() {}

  static double of(Summary summary, ForecastModel model) {
    double alpha = model.purchases().parameters().get(1);
    double own = (summary.age() + 1.0) / (summary.age() + 1.0 + alpha);
    double seen = model.provenance().repeatCustomers();
    double fitted = seen / (seen + REPEATERS_FOR_HALF);
    return own * (1 + fitted) / 2;
  }
}
