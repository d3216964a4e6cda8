package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Axis.CATEGORY_AFFINITY;
import static ai.quimbi.core.behaviour.Axis.LOYALTY_TRAJECTORY;
import static ai.quimbi.core.behaviour.Axis.PRICE_SENSITIVITY;
import static ai.quimbi.core.behaviour.Axis.PURCHASE_FREQUENCY;
import static ai.quimbi.core.behaviour.Axis.PURCHASE_VALUE;
import static ai.quimbi.core.behaviour.Axis.REPURCHASE_BEHAVIOR;
import static ai.quimbi.core.behaviour.Axis.RETURN_BEHAVIOR;
import static ai.quimbi.core.behaviour.Axis.SHOPPING_CADENCE;
import static ai.quimbi.core.behaviour.Axis.SHOPPING_MATURITY;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// What to keep in mind when writing to a customer: at most five sentences, none against another.
///
/// A sentence belongs to a segment and is said when that segment is dominant and sure enough. Where
/// more than five could be said, the weightiest (weight × confidence) are; they keep the order of
/// the table: what they show, where they stand, what draws them, what to take care of.
public final class Guidance {
  private static final int MOST = 5;

  /// What the message at hand shows of the customer's knowledge. It wins over purchase history,
  /// which is not expertise.
  public enum Expertise {
    UNSHOWN,
    BEGINNER,
    EXPERT
  }

  private record Advice(Segment segment, double weight, Set<String> unless, String sentence) {}

  private static final List<Advice> TABLE =
      List.of(
          advice(
              LOYALTY_TRAJECTORY,
              "lapsed",
              0.9,
              "Has not bought for a long time - welcome them back before anything else"),
          advice(
              SHOPPING_MATURITY,
              "new",
              0.9,
              Set.of("power_buyer", "lapsed"),
              "New to the store - explain how things work here"),
          advice(PURCHASE_VALUE, "whale", 1.0, "One of the best customers - give them priority"),
          advice(
              PRICE_SENSITIVITY,
              "deal_hunter",
              0.8,
              "Customer responds well to value propositions"),
          advice(
              PRICE_SENSITIVITY,
              "full_price",
              0.7,
              "Buys at full price - speak of quality and do not lead with discounts"),
          advice(
              PURCHASE_FREQUENCY,
              "power_buyer",
              0.8,
              Set.of("lapsed"),
              "Frequent shopper - they know the store well"),
          advice(
              SHOPPING_MATURITY,
              "long_term",
              0.6,
              Set.of("lapsed"),
              "With the store for years - acknowledge their loyalty"),
          advice(
              LOYALTY_TRAJECTORY, "declining", 0.8, "Buys less than before - ask what has changed"),
          advice(
              CATEGORY_AFFINITY,
              "category_loyal",
              0.5,
              "Stays with one category - keep suggestions close to it"),
          advice(
              REPURCHASE_BEHAVIOR,
              "variety_seeker",
              0.4,
              "Likes to try new products - show what is new"),
          advice(SHOPPING_CADENCE, "seasonal", 0.5, "Buys in season - time offers to it"),
          advice(
              SHOPPING_CADENCE,
              "weekend_crafter",
              0.4,
              "Shops on weekends - messages fit best just before"),
          advice(
              RETURN_BEHAVIOR,
              "careful_buyer",
              0.7,
              "This customer rarely returns - take their concerns seriously"),
          advice(
              RETURN_BEHAVIOR,
              "frequent_returner",
              0.9,
              "Returns often - make sure the product fits before recommending it"));

  private Guidance() {}

  private static Advice advice(Axis axis, String segment, double weight, String sentence) {
    return advice(axis, segment, weight, Set.of(), sentence);
  }

  private static Advice advice(
      Axis axis, String segment, double weight, Set<String> unless, String sentence) {
    return new Advice(new Segment(axis, segment), weight, unless, sentence);
  }

  public static List<String> of(Behaviour behaviour) {
    return of(behaviour, Expertise.UNSHOWN);
  }

  public static List<String> of(Behaviour behaviour, Expertise shown) {
    return choose(
        shown,
        segment ->
            behaviour.dominant(segment.axis()).equals(segment.label())
                ? behaviour.confidence(segment.axis())
                : 0);
  }

  /// From segments somebody else names, each taken as certain.
  public static List<String> of(Map<Axis, String> segments, Expertise shown) {
    return choose(
        shown, segment -> segment.label().equals(segments.get(segment.axis())) ? 1.0 : 0.0);
  }

  private static List<String> choose(Expertise shown, ToDoubleFunction<Segment> confidence) {
    List<Advice> sure = new ArrayList<>();
    Set<String> said = new HashSet<>();
    for (Advice advice : TABLE) {
      if (confidence.applyAsDouble(advice.segment()) >= Behaviour.LOW_CONFIDENCE) {
        sure.add(advice);
        said.add(advice.segment().label());
      }
    }
    sure.removeIf(advice -> !Collections.disjoint(advice.unless(), said));

    List<String> sentences = new ArrayList<>();
    switch (shown) {
      case BEGINNER ->
          sentences.add("Their message shows a beginner - explain each step and avoid jargon");
      case EXPERT -> sentences.add("Their message shows experience - skip the basics");
      case UNSHOWN -> {}
    }
    List<Advice> weightiest = new ArrayList<>(sure);
    weightiest.sort(
        Comparator.comparingDouble(
            advice -> -advice.weight() * confidence.applyAsDouble(advice.segment())));
    List<Advice> kept = weightiest.subList(0, Math.min(weightiest.size(), MOST - sentences.size()));
    for (Advice advice : sure) {
      if (kept.contains(advice)) {
        sentences.add(advice.sentence());
      }
    }
    return List.copyOf(sentences);
  }
}
