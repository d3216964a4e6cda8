package ai.quimbi.core.customer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often each name was seen. Names with a count of zero are not kept, so equal sums are equal
/// values whatever order they were added in.
public record Tally(SortedMap<String, Long> counts) {
  public static final Tally EMPTY = new Tally(Collections.emptySortedMap());

  public Tally {
    counts = Collections.unmodifiableSortedMap(counts);
  }

  public static Tally of(String name, long count) {
    TreeMap<String, Long> one = new TreeMap<>();
    if (count != 0) {
      one.put(name, count);
    }
    return new Tally(one);
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
    other.counts.forEach((name, count) -> sum.merge(name, count, Tally::addOrDrop));
    return new Tally(sum);
  }

  public Tally negated() {
    TreeMap<String, Long> negated = new TreeMap<>();
    counts.forEach((name, count) -> negated.put(name, Math.negateExact(count)));
    return new Tally(negated);
  }

  // `TreeMap.merge` drops a name whose new value is null.
  @SuppressWarnings("NullAway")
  private static Long addOrDrop(Long a, Long b) {
    long sum = Math.addExact(a, b);
    return sum == 0 ? null : sum;
  }
}
