package ai.quimbi.core.behaviour;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which customers are meant, in the words of a query: `segment.purchase_value=whale`,
/// `churn_risk_min=0.55`, `sort=-ltv_12mo`.
///
/// Several segments of one axis are separated by commas and any of them will do; everything else
/// must hold at once. `least` and `most` are the bounds by measure, both included.
public record CustomerFilter(
    SortedMap<Axis, List<String>> segments,
    Optional<SequencedMap<Axis, String>> archetype,
    SortedMap<Measure, Double> least,
    SortedMap<Measure, Double> most,
    Sort sort) {

  private static final String SEGMENT = "segment.";

  public CustomerFilter {
    segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
    least = Collections.unmodifiableSortedMap(new TreeMap<>(least));
    most = Collections.unmodifiableSortedMap(new TreeMap<>(most));
  }

  /// A number that every scored customer has.
  public enum Measure {
    CHURN_RISK,
    LTV_12MO,
    LIFETIME_VALUE,
    CONFIDENCE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The order of the answer: by a measure, or by id where there is none. Ties go by id.
  public record Sort(Optional<Measure> by, boolean descending) {
    public static final Sort BY_ID = new Sort(Optional.empty(), false);
  }

  /// What came of reading a query.
  public sealed interface Reading {
    record Read(CustomerFilter filter) implements Reading {}

    /// All that is wrong with it, each with the parameter's name and a sentence that teaches.
    record Wrong(List<Mistake> mistakes) implements Reading {
      public Wrong {
        mistakes = List.copyOf(mistakes);
      }
    }
  }

  /// One parameter that cannot be understood.
  public record Mistake(String parameter, String code, String message) {}

  /// Reads a query. `others` are parameters that belong to somebody else (`limit`, `cursor`).
  public static Reading read(Map<String, String> query, Predicate<String> others) {
    return new Reader().read(query, others);
  }

  /// Whether the filter asks anything at all.
  public boolean isEverybody() {
    return segments.isEmpty() && archetype.isEmpty() && least.isEmpty() && most.isEmpty();
  }

  /// Whether a customer with these dominant segments and numbers is meant.
  public boolean admits(Function<Axis, String> dominant, Function<Measure, Double> number) {
    return segments.entrySet().stream()
            .allMatch(e -> e.getValue().contains(dominant.apply(e.getKey())))
        && archetype.stream()
            .flatMap(segment -> segment.entrySet().stream())
            .allMatch(e -> e.getValue().equals(dominant.apply(e.getKey())))
        && least.entrySet().stream().allMatch(e -> number.apply(e.getKey()) >= e.getValue())
        && most.entrySet().stream().allMatch(e -> number.apply(e.getKey()) <= e.getValue());
  }

  /// The names a query may use.
  public static List<String> parameters() {
    List<String> names = new ArrayList<>();
    Axis.labels().forEach(label -> names.add(SEGMENT + label));
    names.add("archetype");
    for (Measure measure : Measure.values()) {
      names.add(measure.label() + "_min");
      names.add(measure.label() + "_max");
    }
    names.add("sort");
    return List.copyOf(names);
  }

  private static final class Reader {
    private final SortedMap<Axis, List<String>> segments = new TreeMap<>();
    private final SortedMap<Measure, Double> least = new TreeMap<>();
    private final SortedMap<Measure, Double> most = new TreeMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private Optional<SequencedMap<Axis, String>> archetype = Optional.empty();
    private Sort sort = Sort.BY_ID;

    Reading read(Map<String, String> query, Predicate<String> others) {
      new TreeMap<>(query)
          .forEach(
              (name, value) -> {
                if (!others.test(name)) {
                  one(name, value);
                }
              });
      return mistakes.isEmpty()
          ? new Reading.Read(new CustomerFilter(segments, archetype, least, most, sort))
          : new Reading.Wrong(mistakes);
    }

    private void one(String name, String value) {
      if (name.startsWith(SEGMENT)) {
        segment(name, value);
      } else if (name.equals("archetype")) {
        archetype = Archetype.segmentsOf(value);
        if (archetype.isEmpty()) {
          wrong(
              name, "enum", "An archetype is named like arch_premium or arch_premium_deal_hunter.");
        }
      } else if (name.equals("sort")) {
        sort(value);
      } else if (!isBound(name, value, "_min", least) && !isBound(name, value, "_max", most)) {
        wrong(name, "unknown", "Unknown filter. Known are " + String.join(", ", parameters()));
      }
    }

    private void segment(String name, String value) {
      Optional<Axis> axis = Axis.ofLabel(name.substring(SEGMENT.length()));
      if (axis.isEmpty()) {
        wrong(name, "unknown", "Unknown axis. Known are " + String.join(", ", Axis.labels()));
        return;
      }
      List<String> asked = List.of(value.split(",", -1));
      if (!axis.get().segments().containsAll(asked)) {
        wrong(
            name,
            "enum",
            "The segments of "
                + axis.get().label()
                + " are "
                + String.join(", ", axis.get().segments()));
      } else if (segments.put(axis.get(), asked) != null) {
        wrong(name, "duplicate", "The axis is named twice, by its present and its older name.");
      }
    }

    private void sort(String value) {
      boolean descending = value.startsWith("-");
      String label = descending ? value.substring(1) : value;
      for (Measure measure : Measure.values()) {
        if (measure.label().equals(label)) {
          sort = new Sort(Optional.of(measure), descending);
          return;
        }
      }
      if (label.equals("customer_id")) {
        sort = new Sort(Optional.empty(), descending);
      } else {
        wrong(
            "sort",
            "enum",
            "Sort by customer_id, churn_risk, ltv_12mo, lifetime_value or confidence; a leading"
                + " minus sorts downwards.");
      }
    }

    private boolean isBound(
        String name, String value, String ending, SortedMap<Measure, Double> bounds) {
      for (Measure measure : Measure.values()) {
        if (name.equals(measure.label() + ending)) {
          try {
            double bound = Double.parseDouble(value);
            if (Double.isFinite(bound)) {
              bounds.put(measure, bound);
              return true;
            }
          } catch (NumberFormatException notANumber) {
            // said below
          }
          wrong(name, "type", "Give a number, such as " + name + "=0.5.");
          return true;
        }
      }
      return false;
    }

    private void wrong(String parameter, String code, String message) {
      mistakes.add(new Mistake(parameter, code, message));
    }
  }
}
