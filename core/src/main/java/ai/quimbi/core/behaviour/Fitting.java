package ai.quimbi.core.behaviour;

import ai.quimbi.core.stats.FuzzyLine;
import ai.quimbi.core.stats.FuzzyMeans;
import ai.quimbi.core.stats.Ranks;
import ai.quimbi.core.stats.WeightedPoints;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/// From a tenant's features to its model.
///
/// Every axis starts at the published places and lets fuzzy c-means move them within their bounds;
/// customers weigh by their evidence. The result is pulled back to the published places as if
/// [#PUBLISHED_WEIGHT] more customers stood there, so that ten customers do not redefine a whale.
final class Fitting {
  private static final double PUBLISHED_WEIGHT = 50;
  // The rate of a tenant with hardly any history is that of the shipped model: ten years of it.
  private static final double RATE_PRIOR_DAYS = 3650;
  private static final double TELLS_CONTACTS = 0.02;

  private final Features features;
  private final Yardstick yardstick;

  private Fitting(Features features, Yardstick yardstick) {
    this.features = features;
    this.yardstick = yardstick;
  }

  static BehaviourModel fit(Features features, int today, int scale) {
    int[] buyers =
        IntStream.range(0, features.size())
            .filter(i -> features.get(i, Feature.PURCHASE_DAYS) > 0)
            .toArray();
    if (buyers.length == 0) {
      return BehaviourModel.shipped(scale);
    }
    Features bought = buyers.length == features.size() ? features : features.only(buyers);
    Fitting fitting = new Fitting(bought, yardstick(bought, Published.yardstick(scale)));
    Map<Axis, Centres> centres = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      centres.put(axis, axis.isOrdered() ? fitting.line(axis) : fitting.prototypes(axis));
    }
    return new BehaviourModel(scale, bought.size(), today, fitting.yardstick, centres);
  }

  // Medians of what customers spend in a day and for a unit, in this currency and no other.
  private static Yardstick yardstick(Features bought, Yardstick shipped) {
    int n = bought.size();
    double[] orders = new double[n];
    double[] units = new double[n];
    double repeats = 0;
    double days = 0;
    int contacting = 0;
    for (int i = 0; i < n; i++) {
      double purchaseDays = bought.get(i, Feature.PURCHASE_DAYS);
      orders[i] = bought.get(i, Feature.NET_MINOR) / purchaseDays;
      units[i] = bought.get(i, Feature.UNIT_MINOR);
      repeats += purchaseDays - 1;
      days += bought.get(i, Feature.TENURE_DAYS);
      boolean hasContact =
          bought.get(i, Feature.CHANNEL_CONTACTS) + bought.get(i, Feature.SUPPORT_DAYS) > 0;
      contacting += hasContact ? 1 : 0;
    }
    double order = medianAboveZero(orders, shipped.orderMinor());
    return new Yardstick(
        order,
        medianAboveZero(units, order * shipped.unitMinor() / shipped.orderMinor()),
        (repeats + RATE_PRIOR_DAYS * shipped.repeatsPerDay()) / (days + RATE_PRIOR_DAYS),
        contacting >= TELLS_CONTACTS * n);
  }

  private static double medianAboveZero(double[] values, double otherwise) {
    double[] above = Arrays.stream(values).filter(value -> value > 0).toArray();
    if (above.length == 0) {
      return otherwise;
    }
    Arrays.parallelSort(above);
    return Ranks.quantile(above, 0.5);
  }

  private Centres line(Axis axis) {
    Centres published = Published.centres(axis);
    WeightedPoints points = places(axis, published.direction());
    double[] pinned = published.ascending();
    double[][] bounds = Bounds.line(axis, points.x(), pinned);
    double[] fitted = FuzzyLine.fit(points, bounds[0], bounds[1], bounds[2], Bounds.gap(axis));
    double[] blended = blend(fitted, pinned, points);
    double[] places = Arrays.stream(blended).map(place -> published.direction() * place).toArray();
    return new Centres(axis, places, published.spread());
  }

  private Centres prototypes(Axis axis) {
    double[] published = Published.places(axis);
    double[] spread = Published.spread(axis);
    WeightedPoints points = places(axis, 1);
    double[] low = Bounds.around(published, spread, -1);
    double[] high = Bounds.around(published, spread, 1);
    double[] fitted = FuzzyMeans.fit(points, published, low, high, spread);
    return new Centres(axis, blend(fitted, published, points), spread);
  }

  private WeightedPoints places(Axis axis, double direction) {
    int dimensions = Coordinates.of(axis);
    double[] x = new double[features.size() * dimensions];
    double[] w = new double[features.size()];
    IntStream.range(0, (features.size() + 8191) / 8192)
        .parallel()
        .forEach(
            chunk -> {
              double[] place = new double[Coordinates.MOST];
              int end = Math.min(features.size(), (chunk + 1) * 8192);
              for (int i = chunk * 8192; i < end; i++) {
                int at = features.at(i);
                Coordinates.write(axis, features.rows(), at, yardstick, place);
                for (int k = 0; k < dimensions; k++) {
                  x[i * dimensions + k] = direction * place[k];
                }
                double evidence = Coordinates.evidence(axis, features.rows(), at, yardstick);
                w[i] = Coordinates.trust(axis, features.rows(), at, evidence);
              }
            });
    return new WeightedPoints(x, w, dimensions);
  }

  // A mean of two ascending rows ascends, and of two places in a box stays in it.
  private static double[] blend(double[] fitted, double[] published, WeightedPoints points) {
    double weight = points.weight();
    double[] blended = new double[fitted.length];
    for (int i = 0; i < blended.length; i++) {
      blended[i] =
          (weight * fitted[i] + PUBLISHED_WEIGHT * published[i]) / (weight + PUBLISHED_WEIGHT);
    }
    return blended;
  }
}
