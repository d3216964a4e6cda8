package ai.quimbi.core.generation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One way in which what is known of a customer may change a message. A touch is claimed only when
/// the text is another one without it: [Composer] writes the text again to find out.
enum Touch {
  NAME("Addressed by name"),
  TIME_AWAY("Acknowledged the time since the last order"),
  BEGINNER("shopping_maturity", "new", "Adjusted for beginner (%s)"),
  PLAIN_WORDS("shopping_maturity", "new", "Avoided jargon"),
  DETAIL("shopping_maturity", "new", "Provided detailed explanations"),
  LOYALTY("shopping_maturity", "established long_term", "Thanked for their loyalty (%s)"),
  BUDGET("price_sensitivity", "deal_hunter", "Asked for a budget (%s)"),
  VALUE("price_sensitivity", "deal_hunter", "Highlighted value (%s)"),
  WEIGHED("price_sensitivity", "strategic", "Gave what is needed to compare (%s)"),
  QUALITY("price_sensitivity", "full_price", "Led with quality, not with offers (%s)"),
  VALUED("purchase_value", "whale premium", "Acknowledged a valued customer (%s)"),
  DIRECT("purchase_frequency", "power_buyer regular", "Came straight to the point (%s)"),
  SERIOUS("return_behavior", "careful_buyer", "Took the concern seriously (%s)"),
  FIT_CHECK("return_behavior", "frequent_returner", "Added a check before buying (%s)"),
  ACROSS("category_affinity", "multi_category", "Suggested across categories (%s)"),
  VARIETY("repurchase_behavior", "variety_seeker", "Suggested something new (%s)"),
  ROUTINE("repurchase_behavior", "routine_buyer", "Kept to one suggestion (%s)"),
  RETURNING("repurchase_behavior", "loyal", "Thanked for coming back (%s)");

  private final @Nullable String axis;
  private final String segments;
  private final String label;

  Touch(String label) {
    this(null, "", label);
  }

  Touch(@Nullable String axis, String segments, String label) {
    this.axis = axis;
    this.segments = segments;
    this.label = label;
  }

  /// The touches that `customer` gives reason for.
  static Set<Touch> of(CustomerFacts customer) {
    EnumSet<Touch> touches = EnumSet.noneOf(Touch.class);
    for (Touch touch : values()) {
      String axis = touch.axis;
      boolean applies =
          axis != null
              ? List.of(touch.segments.split(" ")).contains(String.valueOf(customer.segment(axis)))
              : switch (touch) {
                case NAME -> customer.name() != null;
                case TIME_AWAY -> customer.daysSinceLastPurchase() != null;
                default -> false;
              };
      if (applies) {
        touches.add(touch);
      }
    }
    return touches;
  }

  /// This touch and the others that the same segment gives reason for.
  Set<Touch> ofTheSameTrait() {
    EnumSet<Touch> same = EnumSet.of(this);
    for (Touch other : values()) {
      if (axis != null && axis.equals(other.axis)) {
        same.add(other);
      }
    }
    return same;
  }

  /// The claim, with the axis and the segment, or the fact, that gave reason for it.
  String claim(CustomerFacts customer) {
    return axis == null ? label : label.formatted(axis + ": " + customer.segment(axis));
  }
}
