package ai.quimbi.core.behaviour;

import ai.quimbi.core.customer.Profile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Who one customer is on one day under one model: the shares of all segments, how sure they are,
/// and which field would make them surer.
///
/// `confidences` are in the order of the axes: evidence × share of the dominant segment, in [0, 1),
/// with four decimals. `missing` holds, by axis, the field of the contract whose absence leaves the
/// axis neutral.
public record Behaviour(
    String modelVersion,
    Memberships memberships,
    List<Double> confidences,
    Sufficiency sufficiency,
    SequencedMap<Axis, String> missing) {

  /// Below this an answer is hardly more than a guess.
  public static final double LOW_CONFIDENCE = 0.3;

  public Behaviour {
    confidences = List.copyOf(confidences);
    missing = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(missing));
    if (confidences.size() != Axis.values().length) {
      throw new IllegalArgumentException("one confidence an axis, got " + confidences.size());
    }
  }

  public static Behaviour of(Profile profile, BehaviourModel model, int today) {
    double[] row = new double[Feature.COUNT];
    Measurement.write(profile, today, row, 0);
    short[] shares = new short[Axis.SEGMENTS];
    new Scoring(model).write(row, 0, shares, 0);
    Memberships memberships = Memberships.of(shares, 0);

    List<Double> confidences = new ArrayList<>();
    SequencedMap<Axis, String> missing = new LinkedHashMap<>();
    for (Axis axis : Axis.values()) {
      double evidence = Coordinates.evidence(axis, row, 0, model.yardstick());
      confidences.add(fourDecimals(evidence * memberships.strength(axis)));
      if (evidence == 0) {
        missing.put(axis, helpful(axis, row));
      }
    }
    long days = (long) row[Feature.PURCHASE_DAYS];
    return new Behaviour(model.version(), memberships, confidences, Sufficiency.of(days), missing);
  }

  // What to send so that the axis can be told at all.
  private static String helpful(Axis axis, double[] row) {
    boolean hasOrders = row[Feature.PURCHASE_DAYS] > 0;
    if (axis == Axis.COMMUNICATION_PREFERENCE) {
      return "interactions[].channel";
    }
    if (axis == Axis.PROBLEM_COMPLEXITY_PROFILE) {
      return "interactions";
    }
    if (!hasOrders) {
      return "orders";
    }
    boolean hasDiscounts = row[Feature.DISCOUNT_TOLD] > 0;
    return switch (axis) {
      case PRICE_SENSITIVITY -> "orders[].discount_amount";
      case RETURN_BEHAVIOR -> "orders[].refund_amount";
      case CATEGORY_AFFINITY ->
          row[Feature.CATEGORY_EVENTS] > 0 ? "orders" : "orders[].items[].category";
      case REPURCHASE_BEHAVIOR ->
          row[Feature.ORDERS_WITH_ITEMS] > 0 ? "orders" : "orders[].items[].product_id";
      case PRODUCT_KNOWLEDGE -> "orders[].items[].product_id";
      case VALUE_SOPHISTICATION ->
          hasDiscounts ? "orders[].items[].quantity" : "orders[].discount_amount";
      case PURCHASE_VALUE,
          SHOPPING_MATURITY,
          PURCHASE_FREQUENCY,
          SHOPPING_CADENCE,
          LOYALTY_TRAJECTORY,
          COMMUNICATION_PREFERENCE,
          PROBLEM_COMPLEXITY_PROFILE ->
          "orders";
    };
  }

  public String dominant(Axis axis) {
    return memberships.dominant(axis);
  }

  /// The dominant segment of each of the eight main axes, in order.
  public SequencedMap<Axis, String> dominants() {
    SequencedMap<Axis, String> dominants = new LinkedHashMap<>();
    for (Axis axis : Axis.MAIN) {
      dominants.put(axis, dominant(axis));
    }
    return dominants;
  }

  public double confidence(Axis axis) {
    return confidences.get(axis.index());
  }

  /// The mean confidence over the eight main axes.
  public double confidence() {
    double sum = 0;
    for (Axis axis : Axis.MAIN) {
      sum += confidence(axis);
    }
    return fourDecimals(sum / Axis.MAIN.size());
  }

  /// The shares of the given axes by label, ready to be shown.
  public SequencedMap<String, Map<String, Double>> shares(List<Axis> axes) {
    SequencedMap<String, Map<String, Double>> shares = new LinkedHashMap<>();
    for (Axis axis : axes) {
      shares.put(axis.label(), memberships.of(axis));
    }
    return shares;
  }

  static double fourDecimals(double value) {
    return Math.rint(value * 1e4) / 1e4;
  }
}
