package ai.quimbi.core.behaviour;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// How far a customer moved between two days: by axis `½ Σ |u - u'|`, in [0, 1], where 1 means that
/// nothing of the former shares is left; overall the mean of the eight main axes.
///
/// `changes` are the axes whose dominant segment changed, the farthest first, each with a reason in
/// words.
public record Drift(double overall, SequencedMap<Axis, Double> byAxis, List<Change> changes) {

  /// A change of the dominant segment.
  public record Change(Axis axis, String from, String to, double drift, String words) {}

  public Drift {
    byAxis = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byAxis));
    changes = List.copyOf(changes);
  }

  public static Drift between(Memberships before, Memberships after) {
    SequencedMap<Axis, Double> byAxis = new LinkedHashMap<>();
    List<Change> changes = new ArrayList<>();
    double overall = 0;
    for (Axis axis : Axis.values()) {
      int parts = 0;
      for (int j = 0; j < axis.size(); j++) {
        parts += Math.abs(before.parts(axis, j) - after.parts(axis, j));
      }
      double drift = Behaviour.fourDecimals(parts / 2.0 / Memberships.WHOLE);
      byAxis.put(axis, drift);
      overall += axis.isSupport() ? 0 : drift / Axis.MAIN.size();
      String from = before.dominant(axis);
      String to = after.dominant(axis);
      if (!from.equals(to)) {
        changes.add(new Change(axis, from, to, drift, words(axis, from, to)));
      }
    }
    changes.sort((a, b) -> Double.compare(b.drift(), a.drift()));
    return new Drift(Behaviour.fourDecimals(overall), byAxis, changes);
  }

  private static String words(Axis axis, String from, String to) {
    String why =
        switch (axis) {
          case PURCHASE_VALUE -> higher(axis, from, to, "net spend rose", "net spend fell");
          case PRICE_SENSITIVITY ->
              higher(
                  axis, from, to, "more is bought at a discount", "less is bought at a discount");
          case SHOPPING_MATURITY -> "the time since the first purchase changed";
          case PURCHASE_FREQUENCY ->
              higher(axis, from, to, "purchases come more often", "purchases come less often");
          case RETURN_BEHAVIOR ->
              higher(axis, to, from, "more of what is bought goes back", "less goes back");
          case CATEGORY_AFFINITY ->
              higher(axis, from, to, "more categories are bought", "fewer categories are bought");
          case SHOPPING_CADENCE -> "the days and gaps of purchases follow another pattern";
          case REPURCHASE_BEHAVIOR -> "the share of products bought again changed";
          case COMMUNICATION_PREFERENCE -> "contacts come by another channel";
          case PROBLEM_COMPLEXITY_PROFILE -> "the number of support contacts changed";
          case LOYALTY_TRAJECTORY -> "the gaps since and between purchases changed";
          case PRODUCT_KNOWLEDGE -> "the range of products known changed";
          case VALUE_SOPHISTICATION -> "the prices paid changed";
        };
    return axis.label() + " went from " + from + " to " + to + ": " + why + ".";
  }

  // Which way the customer went: `from` stands further along the vocabulary than `to` is "more",
  // as the vocabulary of these axes begins with the most.
  private static String higher(Axis axis, String from, String to, String more, String less) {
    return axis.indexOf(to) < axis.indexOf(from) ? more : less;
  }
}
