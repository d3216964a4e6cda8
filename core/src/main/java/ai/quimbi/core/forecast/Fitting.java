package ai.quimbi.core.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts a tenant's model together from a panel as known at the end of one day: purchases, spend,
/// the reference customer, and what earlier origins teach.
final class Fitting {
  /// Past origins are studied on at most so many customers each: enough that their standard error
  /// is below the period effects, few enough that a million customers fit in seconds.
  private static final int SAMPLE = 8_000;

  private static final int BLOCK = 500;
  private static final int MAX_ORIGINS = 6;
  private static final int SHORTEST_HORIZON = 14;
  private static final int FEWEST_CUSTOMERS = 50;
  private static final int FEWEST_REPEATERS = 10;

  private final Panel panel;
  private final int today;
  private final int scale;
  private final int churnHorizon;
  private final int horizon;
  private final Origin now;
  private final List<Origin> origins;
  private final Selection selection;
  private final Selection.Fits fits;
  private final SpendChoice spends;

  private Fitting(
      Panel panel,
      int today,
      int scale,
      Optional<Integer> wanted,
      Optional<Family> family,
      int maxOrigins) {
    this.panel = panel;
    fits = new Selection.Fits();
    this.today = today;
    this.scale = scale;
    now = Origin.of(panel, today, 1);
    churnHorizon = wanted.orElseGet(() -> Horizon.of(now));
    horizon = learnable(churnHorizon, today - panel.firstDay());
    origins = origins(maxOrigins);
    selection =
        family
            .map(f -> new Selection(f, Map.of()))
            .orElseGet(() -> Selection.of(origins, Origin.sampled(panel, today, 1, SAMPLE), fits));
    spends =
        new SpendChoice(
            Learning.apart(origins),
            origin -> fits.of(selection.family(), origin).model(),
            SpendFit.TYPICAL_UNITS * Math.pow(10, scale));
  }

  static Fitting of(Panel panel, int today, int scale) {
    return new Fitting(panel, today, scale, Optional.empty(), Optional.empty(), MAX_ORIGINS);
  }

  /// For a stated horizon, which then is also what churn means.
  static Fitting of(
      Panel panel,
      int today,
      int scale,
      int horizon,
      Optional<Family> family,
      Optional<Integer> origins) {
    return new Fitting(
        panel, today, scale, Optional.of(horizon), family, origins.orElse(MAX_ORIGINS));
  }

  Selection selection() {
    return selection;
  }

  // A horizon that leaves two thirds of the history before the newest origin.
  private static int learnable(int wanted, int history) {
    return Math.max(SHORTEST_HORIZON, Math.min(wanted, history / 3));
  }

  private List<Origin> origins(int most) {
    List<Origin> found = new ArrayList<>();
    int first = panel.firstDay();
    int apart = (horizon + Learning.OVERLAP - 1) / Learning.OVERLAP;
    for (int k = Learning.OVERLAP; k < Learning.OVERLAP * (most + 1); k++) {
      int day = today - k * apart;
      if (day <= first + horizon / 2) {
        break;
      }
      Origin origin = Origin.sampled(panel, day, horizon, SAMPLE);
      if (origin.size() < FEWEST_CUSTOMERS || origin.repeaters() < FEWEST_REPEATERS) {
        break;
      }
      found.add(origin);
    }
    return found;
  }

  ForecastModel model() {
    Family family = selection.family();
    Estimate estimate = fits.of(family, now);
    ForecastModel.Reference reference = reference();
    Origin sample = Origin.sampled(panel, today, horizon, SAMPLE);
    // With a family given, each fit begins where the one before ended: made one after the other.
    List<Origin> all = new ArrayList<>(origins);
    all.addFirst(now);
    if (fits.areMade(family, all)) {
      spends.prepare(all);
    }
    SpendModel spendNow = spends.of(now).model();
    PurchaseModel[] models = new PurchaseModel[origins.size()];
    SpendModel[] spendModels = new SpendModel[origins.size()];
    for (int k = 0; k < models.length; k++) {
      models[k] = fits.of(family, origins.get(k)).model();
      spendModels[k] = spends.of(origins.get(k)).model();
    }
    Examined[] examined = new Examined[models.length];
    Blocks.each(
        examined.length,
        1,
        (k, _) -> examined[k] = examined(origins.get(k), models[k], spendModels[k], reference));
    Learning learning =
        new Learning(
            examined(sample, estimate.model(), spendNow, reference), List.of(examined), horizon);
    Review review = review(learning, family, reference);
    return assemble(
        now,
        today,
        estimate,
        reference,
        review.calibrated(learning.at(0), horizon),
        review.quality(horizon));
  }

  private Examined examined(
      Origin origin, PurchaseModel model, SpendModel spend, ForecastModel.Reference reference) {
    return new Examined(origin, model, spend, reference.meanNetMinor());
  }

  private Review review(Learning learning, Family family, ForecastModel.Reference reference) {
    Review review = new Review();
    List<Examined> judged = learning.judged();
    for (int k = 0; k < judged.size(); k++) {
      Origin origin = judged.get(k).origin;
      ForecastModel model =
          assemble(
              origin,
              origin.day,
              fits.of(family, origin),
              reference,
              learning.at(k + 1),
              Optional.empty());
      review.add(origin, model, buyersBefore(origin));
    }
    return review;
  }

  // Of those known a horizon before the origin, the share who bought until it.
  private double buyersBefore(Origin origin) {
    int before = origin.day - horizon;
    double known = 0;
    double bought = 0;
    for (Panel.History history : origin.histories) {
      if (history.days[0] <= before) {
        known++;
        bought += history.ordersWithin(before, origin.day) > 0 ? 1 : 0;
      }
    }
    return known == 0 ? 0.5 : bought / known;
  }

  private ForecastModel assemble(
      Origin at,
      int day,
      Estimate estimate,
      ForecastModel.Reference reference,
      Adjustment adjustment,
      Optional<Quality> quality) {
    SpendFit.Fitted<? extends SpendModel> spend = spends.of(at);
    ForecastModel model =
        ForecastModel.of(
            new ForecastModel.Provenance(
                ForecastModel.Provenance.Kind.FITTED,
                day,
                at.size(),
                (int) at.repeaters(),
                fingerprint(at)),
            scale,
            churnHorizon,
            estimate.model(),
            estimate.covariance(),
            spend.model(),
            spend.covariance(),
            reference,
            0,
            adjustment,
            quality);
    return model.withPopulationChurn(populationChurn(at, model));
  }

  private static double populationChurn(Origin at, ForecastModel model) {
    int stride = Math.max(1, at.size() / SAMPLE);
    double[] churn = new double[(at.size() + stride - 1) / stride];
    Blocks.each(
        churn.length,
        BLOCK,
        (from, to) -> {
          for (int k = from; k < to; k++) {
            Traits traits = Traits.of(at.histories.get(k * stride), model, at.day);
            Outlook outlook = Outlook.of(traits, model);
            churn[k] = 1 - outlook.pBuy(traits.summary(), model, model.horizonDays());
          }
        });
    double sum = 0;
    for (double each : churn) {
      sum += each;
    }
    return Math.clamp(sum / Math.max(1, churn.length), 0, 1);
  }

  // Each trait's median among repeat customers, or among all where nobody has bought twice: a
  // typical customer, not anyone in particular.
  private ForecastModel.Reference reference() {
    List<Summary> all = Arrays.stream(now.traits).map(Traits::summary).toList();
    List<Summary> repeaters = all.stream().filter(s -> s.frequency() > 0).toList();
    List<Summary> among = repeaters.isEmpty() ? all : repeaters;
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

  private static String fingerprint(Origin at) {
    StringBuilder text = new StringBuilder();
    for (Traits traits : at.traits) {
      Summary s = traits.summary();
      text.append(s.frequency()).append(' ').append(s.recency()).append(' ').append(s.age());
      text.append(' ').append(s.netMinor()).append('\n');
    }
    return ForecastModel.sha256(text.toString()).substring(0, 16);
  }
}
