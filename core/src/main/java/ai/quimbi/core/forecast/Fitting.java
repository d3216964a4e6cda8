package ai.quimbi.core.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Puts a tenant's model together: purchases, spend, the reference customer, the population's rate.
final class Fitting {
  private Fitting() {}

  static ForecastModel model(List<Summary> summaries, int horizonDays, int today, int scale) {
    Estimate purchases =
        PurchaseFit.probable(
            Family.BG_NBD,
            Fit.frequencies(summaries),
            Fit.recencies(summaries),
            Fit.ages(summaries));
    SpendFit.Fitted spend =
        SpendFit.probable(
            summaries.stream().mapToInt(Summary::purchases).toArray(),
            summaries.stream().mapToDouble(Summary::meanNetMinor).toArray(),
            SpendFit.TYPICAL_UNITS * Math.pow(10, scale));
    PurchaseModel model = purchases.model();
    double churn =
        summaries.stream()
            .mapToDouble(s -> model.pNone(s.frequency(), s.recency(), s.age(), horizonDays))
            .average()
            .orElseThrow();
    return ForecastModel.of(
        new ForecastModel.Provenance(
            ForecastModel.Provenance.Kind.FITTED,
            today,
            summaries.size(),
            (int) summaries.stream().filter(s -> s.frequency() > 0).count(),
            fingerprint(summaries)),
        scale,
        horizonDays,
        model,
        purchases.covariance(),
        spend.model(),
        spend.covariance(),
        reference(summaries),
        churn,
        Adjustment.NONE,
        Optional.empty());
  }

  // Each trait's median among repeat customers, or among all where nobody has bought twice: a
  // typical customer, not anyone in particular.
  private static ForecastModel.Reference reference(List<Summary> summaries) {
    List<Summary> repeaters = summaries.stream().filter(s -> s.frequency() > 0).toList();
    List<Summary> among = repeaters.isEmpty() ? summaries : repeaters;
    int age = (int) median(among.stream().mapToDouble(Summary::age).toArray());
    double rate =
        median(among.stream().mapToDouble(s -> s.frequency() / Math.max(1.0, s.age())).toArray());
    double share =
        median(among.stream().mapToDouble(s -> s.recency() / Math.max(1.0, s.age())).toArray());
    int x = (int) Math.min(age, Math.rint(rate * age));
    int recency = x == 0 ? 0 : (int) Math.clamp(Math.rint(share * age), x, age);
    return new ForecastModel.Reference(
        x, recency, age, median(among.stream().mapToDouble(Summary::meanNetMinor).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return PredictiveSpend.quantile(values, 0.5);
  }

  private static String fingerprint(List<Summary> summaries) {
    StringBuilder text = new StringBuilder();
    summaries.stream()
        .map(s -> s.frequency() + " " + s.recency() + " " + s.age() + " " + s.netMinor())
        .forEach(line -> text.append(line).append('\n'));
    return ForecastModel.sha256(text.toString()).substring(0, 16);
  }
}
