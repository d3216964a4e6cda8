package ai.quimbi.core.behaviour;

import ai.quimbi.core.stats.Agreement;
import ai.quimbi.core.stats.Silhouette;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// How far a tenant's segments can be relied on.
///
/// `stability` over all is that of the eight main axes, on average.
public record SegmentationQuality(
    int customers, double stability, double lowConfidenceShare, SequencedMap<Axis, OfAxis> axes) {

  private static final int SAMPLE = 1_000;

  /// One axis. `sizes`: customers by dominant segment. `silhouette`, in [-1, 1], on scaled
  /// coordinates of a sample; NaN where all are in one segment. `stability`: the adjusted Rand
  /// index of two refits on bootstrap halves. `lowConfidenceShare`: customers below
  /// [Behaviour#LOW_CONFIDENCE].
  public record OfAxis(
      SequencedMap<String, Integer> sizes,
      double silhouette,
      double stability,
      double lowConfidenceShare) {
    public OfAxis {
      sizes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sizes));
    }
  }

  public SegmentationQuality {
    axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
  }

  /// Of a tenant's customers under its model; `seed` draws the halves and the sample.
  public static SegmentationQuality of(
      Features features, BehaviourModel model, int today, long seed) {
    int n = features.size();
    short[] rows = new short[n * Axis.SEGMENTS];
    model.memberships(features, rows);
    SplittableRandom random = new SplittableRandom(seed);
    short[] one = refit(features, model, today, random);
    short[] other = refit(features, model, today, random);
    int[] sample = random.ints(Math.min(n, SAMPLE), 0, Math.max(1, n)).toArray();

    SequencedMap<Axis, OfAxis> axes = new LinkedHashMap<>();
    double stability = 0;
    int low = 0;
    for (Axis axis : Axis.values()) {
      int lowHere = lowConfidence(features, model, rows, axis);
      double stable = Agreement.adjustedRand(dominants(one, axis, n), dominants(other, axis, n));
      axes.put(
          axis,
          new OfAxis(
              sizes(rows, axis, n),
              silhouette(features, model, rows, axis, sample),
              Behaviour.fourDecimals(stable),
              share(lowHere, n)));
      if (!axis.isSupport()) {
        stability += stable / Axis.MAIN.size();
        low += lowHere;
      }
    }
    return new SegmentationQuality(
        n, Behaviour.fourDecimals(stability), share(low, n * (long) Axis.MAIN.size()), axes);
  }

  // Fits half as many customers drawn with replacement, then places everybody by that model.
  private static short[] refit(
      Features features, BehaviourModel model, int today, SplittableRandom random) {
    int n = features.size();
    int[] half = random.ints(n / 2, 0, Math.max(1, n)).toArray();
    short[] rows = new short[n * Axis.SEGMENTS];
    BehaviourModel.fit(features.only(half), today, model.scale()).memberships(features, rows);
    return rows;
  }

  private static int lowConfidence(
      Features features, BehaviourModel model, short[] rows, Axis axis) {
    int low = 0;
    for (int i = 0; i < features.size(); i++) {
      double evidence =
          Coordinates.evidence(axis, features.rows(), features.at(i), model.yardstick());
      int parts = rows[i * Axis.SEGMENTS + axis.offset() + dominant(rows, axis, i)];
      low += evidence * parts < Behaviour.LOW_CONFIDENCE * Memberships.WHOLE ? 1 : 0;
    }
    return low;
  }

  private static SequencedMap<String, Integer> sizes(short[] rows, Axis axis, int n) {
    int[] counts = new int[axis.size()];
    for (int dominant : dominants(rows, axis, n)) {
      counts[dominant]++;
    }
    SequencedMap<String, Integer> sizes = new LinkedHashMap<>();
    for (int j = 0; j < counts.length; j++) {
      sizes.put(axis.segments().get(j), counts[j]);
    }
    return sizes;
  }

  private static double silhouette(
      Features features, BehaviourModel model, short[] rows, Axis axis, int[] sample) {
    int d = Coordinates.of(axis);
    double[] spread = model.centres(axis).spread();
    double[] points = new double[sample.length * d];
    int[] groups = new int[sample.length];
    double[] x = new double[Coordinates.MOST];
    for (int i = 0; i < sample.length; i++) {
      Coordinates.write(axis, features.rows(), features.at(sample[i]), model.yardstick(), x);
      for (int k = 0; k < d; k++) {
        points[i * d + k] = x[k] / spread[k];
      }
      groups[i] = dominant(rows, axis, sample[i]);
    }
    return Behaviour.fourDecimals(Silhouette.mean(points, d, groups, axis.size()));
  }

  private static int[] dominants(short[] rows, Axis axis, int n) {
    int[] dominants = new int[n];
    for (int i = 0; i < n; i++) {
      dominants[i] = dominant(rows, axis, i);
    }
    return dominants;
  }

  static int dominant(short[] rows, Axis axis, int customer) {
    int from = customer * Axis.SEGMENTS + axis.offset();
    int best = 0;
    for (int j = 1; j < axis.size(); j++) {
      if (rows[from + j] > rows[from + best]) {
        best = j;
      }
    }
    return best;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : Behaviour.fourDecimals((double) part / (double) whole);
  }
}
