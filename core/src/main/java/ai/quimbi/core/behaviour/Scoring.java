package ai.quimbi.core.behaviour;

import java.util.stream.IntStream;

/// From features to memberships: the one way, for a single customer and for a million.
final class Scoring {
  // What the neutral segment has where nothing is known; the others share the rest.
  private static final double NEUTRAL = 0.5;
  private static final int CHUNK = 8192;

  private static final int MOST_SEGMENTS = 6;

  // Reused from axis to axis: the inner loop allocates nothing.
  private final BehaviourModel model;
  private final double[] x = new double[Coordinates.MOST];
  private final double[] u = new double[MOST_SEGMENTS];

  Scoring(BehaviourModel model) {
    this.model = model;
  }

  static void memberships(BehaviourModel model, Features features, short[] rows) {
    if (rows.length < (long) features.size() * Axis.SEGMENTS) {
      throw new IllegalArgumentException(
          "room for " + rows.length / Axis.SEGMENTS + " customers, " + features.size() + " given");
    }
    int chunks = (features.size() + CHUNK - 1) / CHUNK;
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              Scoring scoring = new Scoring(model);
              int end = Math.min(features.size(), (chunk + 1) * CHUNK);
              for (int i = chunk * CHUNK; i < end; i++) {
                scoring.write(features.rows(), features.at(i), rows, i * Axis.SEGMENTS);
              }
            });
  }

  /// Writes the shares of all axes of the features at `at` to `shares` from `to` on.
  void write(double[] features, int at, short[] shares, int to) {
    for (Axis axis : AXES) {
      double evidence = Coordinates.evidence(axis, features, at, model.yardstick());
      double trust = Coordinates.trust(axis, features, at, evidence);
      Coordinates.write(axis, features, at, model.yardstick(), x);
      model.centres(axis).shares(x, u);
      temper(axis, trust);
      round(axis.size(), shares, to + axis.offset());
    }
  }

  // `values()` copies its array each time.
  private static final Axis[] AXES = Axis.values();

  private void temper(Axis axis, double trust) {
    if (trust >= 1) {
      return;
    }
    double others = (1 - NEUTRAL) / (axis.size() - 1);
    // Two segments would tie: the neutral one leads by a little.
    double neutral = axis.size() == 2 ? 0.55 : NEUTRAL;
    double rest = axis.size() == 2 ? 0.45 : others;
    for (int j = 0; j < axis.size(); j++) {
      u[j] = trust * u[j] + (1 - trust) * (j == axis.neutralIndex() ? neutral : rest);
    }
  }

  // Largest remainders, the earlier segment first among equals: the parts add up to the whole.
  private void round(int size, short[] shares, int to) {
    int left = Memberships.WHOLE;
    for (int j = 0; j < size; j++) {
      double parts = Math.min(u[j], 1) * Memberships.WHOLE;
      int floor = (int) parts;
      shares[to + j] = (short) floor;
      u[j] = parts - floor;
      left -= floor;
    }
    for (; left > 0; left--) {
      int largest = 0;
      for (int j = 1; j < size; j++) {
        if (u[j] > u[largest]) {
          largest = j;
        }
      }
      shares[to + largest]++;
      u[largest] -= 1;
    }
    // Rounding errors of the shares can push the floors' sum past the whole by one part at most.
    for (; left < 0; left++) {
      int largest = 0;
      for (int j = 1; j < size; j++) {
        if (shares[to + j] > shares[to + largest]) {
          largest = j;
        }
      }
      shares[to + largest]--;
    }
  }
}
