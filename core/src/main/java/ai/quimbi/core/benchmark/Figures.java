package ai.quimbi.core.benchmark;

/// What is released of one measure: the mean, three quantiles, and `uncertainty`, the standard
/// error of the mean as a share of it. Rounded, and never out of order.
public record Figures(double mean, double p25, double p50, double p75, double uncertainty) {
  public Figures {
    if (!(mean > 0 && p25 > 0 && p25 <= p50 && p50 <= p75 && uncertainty >= 0)) {
      throw new IllegalArgumentException(
          "no figures: %s %s %s %s ±%s".formatted(mean, p25, p50, p75, uncertainty));
    }
  }

  /// Rounded and put in order, none above `most`.
  static Figures rounded(
      double mean, double p25, double p50, double p75, double uncertainty, double most) {
    double middle = round(Math.min(most, p50));
    return new Figures(
        round(Math.min(most, mean)),
        Math.min(round(Math.min(most, p25)), middle),
        middle,
        Math.max(round(Math.min(most, p75)), middle),
        Math.min(1, Math.ceil(uncertainty * 100) / 100));
  }

  /// To half a unit of the second digit: 427.3 is 425, 0.2634 is 0.265, 1234 is 1250.
  static double round(double value) {
    int digits = (int) Math.floor(StrictMath.log10(value)) - 1;
    double perStep = digits >= 0 ? 1 : StrictMath.pow(10, -digits) * 2;
    return digits >= 0
        ? Math.rint(value / StrictMath.pow(10, digits) * 2) * StrictMath.pow(10, digits) / 2
        : Math.rint(value * perStep) / perStep;
  }
}
