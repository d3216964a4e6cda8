package ai.quimbi.core.customer;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often each name was seen. Names with a count of zero are not kept, so equal sums are equal
/// values whatever order they were added in.
public record Tally(SortedMap<String, Long> counts) {
  public static final Tally EMPTY = new Tally(Collections.emptySortedMap());

  public Tally {
    TreeMap<String, Long> told = new TreeMap<>(counts);
    told.values().removeIf(count -> count == 0);
    counts = Collections.unmodifiableSortedMap(told);
  }

  public static Tally of(String name, long count) {
    return new Tally(new TreeMap<>(Map.of(name, count)));
  }

  public long get(String name) {
    return counts.getOrDefault(name, 0L);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  public Tally plus(Tally other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    TreeMap<String, Long> sum = new TreeMap<>(counts);
    other.counts.forEach((name, count) -> sum.merge(name, count, Math::addExact));
    return new Tally(sum);
  }

  public Tally negated() {
    TreeMap<String, Long> negated = new TreeMap<>();
    counts.forEach((name, count) -> negated.put(name, Math.negateExact(count)));
    return new Tally(negated);
  }
}
