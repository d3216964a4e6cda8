package ai.quimbi.core.behaviour;

import ai.quimbi.core.stats.FuzzyLine;
import ai.quimbi.core.stats.FuzzyMeans;
import java.util.Arrays;

/// The centres of one axis's segments, in the order of its vocabulary, and the rule that turns a
/// place into shares.
///
/// On an ordered axis the centres stand on a line and the two neighbours share a customer, outside
/// the outer centres the outer one has all; elsewhere all prototypes share by distance (see
/// [FuzzyLine], [FuzzyMeans]).
final class Centres {
  private final Axis axis;
  private final int dimensions;
  private final double[] places;
  private final double[] spread;
  private final double direction;
  private final double[] ascending;

  /// `places`: segment after segment; `spread`: the scale of each coordinate.
  Centres(Axis axis, double[] places, double[] spread) {
    this.axis = axis;
    this.dimensions = Coordinates.of(axis);
    this.places = places.clone();
    this.spread = spread.clone();
    if (places.length != axis.size() * dimensions || spread.length != dimensions) {
      throw new IllegalArgumentException(
          axis.label() + " needs " + axis.size() + " centres of " + dimensions + " coordinates");
    }
    for (double value : places) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a centre of " + axis.label() + " is " + value);
      }
    }
    for (double value : spread) {
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a spread of " + axis.label() + " is " + value);
      }
    }
    this.direction = places[places.length - 1] < places[0] ? -1 : 1;
    this.ascending = Arrays.stream(places).map(place -> direction * place).toArray();
    for (int j = 1; axis.isOrdered() && j < axis.size(); j++) {
      if (!(ascending[j] > ascending[j - 1])) {
        throw new IllegalArgumentException(
            "the centres of " + axis.label() + " are out of order: " + Arrays.toString(places));
      }
    }
  }

  double[] places() {
    return places.clone();
  }

  double[] spread() {
    return spread.clone();
  }

  /// Writes the shares of the place at the front of `x` to the front of `u`; they add up to 1 up to
  /// rounding.
  void shares(double[] x, double[] u) {
    if (axis.isOrdered()) {
      FuzzyLine.shares(direction * x[0], ascending, u);
    } else {
      FuzzyMeans.shares(x, 0, places, spread, u);
    }
  }

  /// 1 where the coordinate grows along the vocabulary, -1 where it falls.
  double direction() {
    return direction;
  }

  /// The centres of an ordered axis times [#direction].
  double[] ascending() {
    return ascending.clone();
  }
}
