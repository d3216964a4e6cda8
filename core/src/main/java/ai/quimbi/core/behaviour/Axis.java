package ai.quimbi.core.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One side of a customer, with its closed list of segments. The first eight make the archetype;
/// the other five are support axes, given on request.
///
/// The order of the axes and of their segments is part of every stored membership: add at the end,
/// never reorder.
public enum Axis {
  PURCHASE_VALUE(0, Kind.ORDERED, 3, "whale", "premium", "mid_tier", "low_value"),
  PRICE_SENSITIVITY(1, Kind.ORDERED, 1, "deal_hunter", "strategic", "full_price"),
  SHOPPING_MATURITY(2, Kind.ORDERED, 0, "new", "developing", "established", "long_term"),
  PURCHASE_FREQUENCY(3, Kind.ORDERED, 2, "power_buyer", "regular", "occasional", "infrequent"),
  RETURN_BEHAVIOR(4, Kind.ORDERED, 0, "careful_buyer", "occasional_returner", "frequent_returner"),
  CATEGORY_AFFINITY(5, Kind.ORDERED, 0, "multi_category", "category_loyal"),
  SHOPPING_CADENCE(
      6,
      Kind.UNORDERED,
      5,
      "regular",
      "weekday",
      "weekend_crafter",
      "seasonal",
      "year_round",
      "irregular"),
  REPURCHASE_BEHAVIOR(7, Kind.UNORDERED, 2, "loyal", "variety_seeker", "routine_buyer"),
  COMMUNICATION_PREFERENCE(8, Kind.SUPPORT, 4, "email", "chat", "phone", "social", "no_preference"),
  PROBLEM_COMPLEXITY_PROFILE(9, Kind.SUPPORT, 1, "low_touch", "routine", "complex"),
  LOYALTY_TRAJECTORY(10, Kind.SUPPORT, 1, "growing", "steady", "declining", "lapsed"),
  PRODUCT_KNOWLEDGE(11, Kind.SUPPORT, 1, "beginner", "intermediate", "expert"),
  VALUE_SOPHISTICATION(12, Kind.SUPPORT, 1, "bargain_led", "balanced", "quality_led");

  /// The eight axes of the archetype, in order.
  public static final List<Axis> MAIN =
      Arrays.stream(values()).filter(axis -> !axis.isSupport()).toList();

  /// The five axes given on request, in order.
  public static final List<Axis> SUPPORT = Arrays.stream(values()).filter(Axis::isSupport).toList();

  /// How many segments the eight main axes have together.
  public static final int MAIN_SEGMENTS = MAIN.stream().mapToInt(Axis::size).sum();

  /// How many segments all thirteen axes have together.
  public static final int SEGMENTS = Arrays.stream(values()).mapToInt(Axis::size).sum();

  private enum Kind {
    ORDERED,
    UNORDERED,
    SUPPORT
  }

  private final int index;
  private final Kind kind;
  private final int neutral;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type cannot say so.
  private final List<String> segments;

  Axis(int index, Kind kind, int neutral, String... segments) {
    this.index = index;
    this.kind = kind;
    this.neutral = neutral;
    this.segments = List.of(segments);
  }

  /// The name outside: `purchase_value`.
  public String label() {
    return Labels.OF[index];
  }

  public List<String> segments() {
    return segments;
  }

  public int size() {
    return segments.size();
  }

  /// Whether the segments stand on one line, so that more of something moves a customer along it.
  public boolean isOrdered() {
    return kind == Kind.ORDERED;
  }

  public boolean isSupport() {
    return kind == Kind.SUPPORT;
  }

  /// The segment that claims least: the answer where nothing is known.
  public String neutral() {
    return segments.get(neutral);
  }

  int neutralIndex() {
    return neutral;
  }

  /// The place of this axis among all, which stored rows rely on.
  int index() {
    return index;
  }

  /// Where this axis begins in the row of all segments.
  public int offset() {
    return Labels.OFFSET[index];
  }

  /// The place of a segment among [#segments], -1 when this axis has none of that name.
  public int indexOf(String segment) {
    return segments.indexOf(segment);
  }

  /// The axis of a name as callers write it; the older platform's names are understood too.
  public static Optional<Axis> ofLabel(String label) {
    for (Axis axis : values()) {
      if (axis.label().equals(label)) {
        return Optional.of(axis);
      }
    }
    return switch (label) {
      case "customer_maturity" -> Optional.of(SHOPPING_MATURITY);
      case "category_exploration" -> Optional.of(CATEGORY_AFFINITY);
      case "purchase_cadence" -> Optional.of(SHOPPING_CADENCE);
      default -> Optional.empty();
    };
  }

  /// The names of all axes, for messages that teach.
  public static List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (Axis axis : values()) {
      labels.add(axis.label());
    }
    return List.copyOf(labels);
  }

  // Derived once: both are asked for in the innermost loops.
  private static final class Labels {
    static final String[] OF = new String[values().length];
    static final int[] OFFSET = new int[values().length];

    static {
      int offset = 0;
      for (Axis axis : values()) {
        OF[axis.index] = axis.name().toLowerCase(Locale.ROOT);
        OFFSET[axis.index] = offset;
        offset += axis.size();
      }
    }
  }
}
