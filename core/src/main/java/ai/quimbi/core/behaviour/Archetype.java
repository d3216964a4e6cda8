package ai.quimbi.core.behaviour;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The kind of customer that the dominant segments make: `arch_premium_deal_hunter`.
///
/// `segments` are those of the level's axes. `strength`, in [0, 1], is the mean share of those
/// segments: 1 is a pure case.
public record Archetype(
    String id, Level level, SequencedMap<Axis, String> segments, double strength, String words) {

  private static final String PREFIX = "arch_";

  /// How finely customers are told apart.
  public enum Level {
    /// By purchase value.
    L1(1),
    /// And by price sensitivity; the default.
    L2(2),
    /// By all eight axes.
    L3(8);

    private final int axes;

    Level(int axes) {
      this.axes = axes;
    }

    public List<Axis> axes() {
      return Axis.MAIN.subList(0, axes);
    }

    public static Optional<Level> ofLabel(String label) {
      for (Level level : values()) {
        if (level.name().equals(label)) {
          return Optional.of(level);
        }
      }
      return Optional.empty();
    }
  }

  public Archetype {
    segments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(segments));
  }

  public static Archetype of(Behaviour behaviour, Level level) {
    return of(behaviour.memberships(), level);
  }

  public static Archetype of(Memberships memberships, Level level) {
    SequencedMap<Axis, String> segments = new LinkedHashMap<>();
    int parts = 0;
    for (Axis axis : level.axes()) {
      segments.put(axis, memberships.dominant(axis));
      parts += memberships.parts(axis, memberships.dominantIndex(axis));
    }
    double strength = Behaviour.fourDecimals((double) parts / Memberships.WHOLE / segments.size());
    return new Archetype(
        PREFIX + String.join("_", segments.values()), level, segments, strength, words(segments));
  }

  /// The segments an id names, empty where it is not one of ours.
  public static Optional<SequencedMap<Axis, String>> segmentsOf(String id) {
    if (!id.startsWith(PREFIX)) {
      return Optional.empty();
    }
    SequencedMap<Axis, String> segments = new LinkedHashMap<>();
    String rest = id.substring(PREFIX.length());
    for (Axis axis : Axis.MAIN) {
      Optional<String> found = Optional.empty();
      for (String segment : axis.segments()) {
        if (rest.equals(segment) || rest.startsWith(segment + "_")) {
          found = Optional.of(segment);
        }
      }
      if (found.isEmpty()) {
        return Optional.empty();
      }
      segments.put(axis, found.get());
      if (rest.equals(found.get())) {
        boolean isLevel = segments.size() <= 2 || segments.size() == Axis.MAIN.size();
        return isLevel ? Optional.of(segments) : Optional.empty();
      }
      rest = rest.substring(found.get().length() + 1);
    }
    return Optional.empty();
  }

  /// One line in words for segments of any level.
  public static String words(Map<Axis, String> segments) {
    StringBuilder words = new StringBuilder();
    segments.forEach(
        (axis, segment) ->
            words.append(words.isEmpty() ? "" : glue(axis)).append(words(axis, segment)));
    return words.append('.').toString();
  }

  private static String glue(Axis axis) {
    return switch (axis) {
      case PRICE_SENSITIVITY -> " who ";
      case SHOPPING_MATURITY, RETURN_BEHAVIOR -> "; ";
      default -> ", ";
    };
  }

  private static String words(Axis axis, String segment) {
    if (axis == Axis.SHOPPING_CADENCE && segment.equals("regular")) {
      return "comes at even intervals";
    }
    return switch (segment) {
      case "whale" -> "A top spender";
      case "premium" -> "A high spender";
      case "mid_tier" -> "A middling spender";
      case "low_value" -> "A small spender";
      case "deal_hunter" -> "buys mostly at a discount";
      case "strategic" -> "takes a discount now and then";
      case "full_price" -> "pays the full price";
      case "new" -> "new here";
      case "developing" -> "getting to know the shop";
      case "established" -> "established";
      case "long_term" -> "with the shop for years";
      case "power_buyer" -> "buys very often";
      case "regular" -> "buys regularly";
      case "occasional" -> "buys now and then";
      case "infrequent" -> "buys seldom";
      case "careful_buyer" -> "rarely returns anything";
      case "occasional_returner" -> "returns something at times";
      case "frequent_returner" -> "returns a lot";
      case "multi_category" -> "shops across categories";
      case "category_loyal" -> "stays with one category";
      case "weekday" -> "comes on weekdays";
      case "weekend_crafter" -> "comes on weekends";
      case "seasonal" -> "comes in season";
      case "year_round" -> "comes all year round";
      case "irregular" -> "comes at no fixed times";
      case "loyal" -> "rebuys the same products";
      case "variety_seeker" -> "tries something new each time";
      case "routine_buyer" -> "mixes favourites and new things";
      default -> segment;
    };
  }
}
