package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The purchase histories of many customers, in columns: what fits and backtests read. Customers
/// stand in an order of their own content, so results do not depend on the order they came in.
///
/// A history costs 4 bytes for each purchase day's date, 8 for its value, and about 70 for itself.
public final class Panel {
  private final List<History> histories;
  // Of each history the purchases, the first day and the last: all that many passes ask for.
  private final int[] purchases;
  private final int[] first;
  private final int[] last;

  private Panel(List<History> histories) {
    this.histories = histories;
    purchases = histories.stream().mapToInt(h -> h.days.length).toArray();
    first = histories.stream().mapToInt(h -> h.days[0]).toArray();
    last = histories.stream().mapToInt(h -> h.days[h.days.length - 1]).toArray();
  }

  /// One customer's purchase days, ascending, their net values in minor units, the days on which
  /// goods came back, and the days of support contacts (repeated for several).
  static final class History {
    final String id;
    final int[] days;
    final double[] net;
    /// What each day's purchases were reduced by; empty where nobody ever told.
    final double[] discount;
    final int[] refundDays;
    final int[] supportDays;

    private static final int[] NO_DAYS = {};
    private static final double[] NO_VALUES = {};

    History(
        String id,
        int[] days,
        double[] net,
        double[] discount,
        int[] refundDays,
        int[] supportDays) {
      this.id = id;
      this.days = days;
      this.net = net;
      // One empty array for all, which need not be fetched for each.
      this.discount = discount.length == 0 ? NO_VALUES : discount;
      this.refundDays = refundDays.length == 0 ? NO_DAYS : refundDays;
      this.supportDays = supportDays.length == 0 ? NO_DAYS : supportDays;
    }

    static History of(String id, Profile profile, int today) {
      int n = 0;
      int refunds = 0;
      boolean hasDiscount = false;
      for (PurchaseDay day : profile.purchaseDays()) {
        if (isSeen(day, today)) {
          n++;
          refunds += day.refundedMinor() > 0 ? 1 : 0;
          hasDiscount |= day.discountMinor() > 0;
        }
      }
      int[] days = new int[n];
      double[] net = new double[n];
      double[] discount = new double[hasDiscount ? n : 0];
      int[] refundDays = new int[refunds];
      int at = 0;
      int refund = 0;
      for (PurchaseDay day : profile.purchaseDays()) {
        if (isSeen(day, today)) {
          days[at] = day.day();
          if (hasDiscount) {
            discount[at] = Math.max(0, day.discountMinor());
          }
          net[at++] = Math.max(0, day.netMinor());
          if (day.refundedMinor() > 0) {
            refundDays[refund++] = day.day();
          }
        }
      }
      int[] support =
          profile.contactDays().stream()
              .filter(day -> day.day() <= today && Traits.isSupport(day))
              .flatMapToInt(day -> IntStream.generate(day::day).limit(day.contacts()))
              .toArray();
      return new History(id, days, net, discount, refundDays, support);
    }

    private static boolean isSeen(PurchaseDay day, int today) {
      return day.day() <= today && day.orders() > 0;
    }

    /// The purchases up to and including `day`.
    int upTo(int day) {
      if (days.length > 0 && days[days.length - 1] <= day) {
        return days.length;
      }
      int at = Arrays.binarySearch(days, day);
      return at >= 0 ? at + 1 : -at - 1;
    }

    Traits at(int day, int horizonDays) {
      int n = upTo(day);
      if (n == 0) {
        return Traits.NOTHING;
      }
      Summary summary = new Summary(n, days[n - 1] - days[0], day - days[0], net[0], repeatNet(n));
      return new Traits(
          summary,
          since(n, day - horizonDays),
          unevenness(n),
          Rhythm.of(this, n, day, horizonDays),
          valueTrend(n),
          discountShare(n, summary.netMinor()),
          within(refundDays, day - Traits.YEAR, day),
          within(supportDays, day - Traits.YEAR, day));
    }

    // Of the first `n` purchases, those after `day`: the last few.
    private int since(int n, int day) {
      int before = n;
      while (before > 0 && days[before - 1] > day) {
        before--;
      }
      return n - before;
    }

    private double repeatNet(int n) {
      double sum = 0;
      for (int i = 1; i < n; i++) {
        sum += net[i];
      }
      return sum;
    }

    /// What the first `n` purchases were worth, as [Summary#netMinor] adds it up.
    double netOf(int n) {
      return net[0] + repeatNet(n);
    }

    private double unevenness(int n) {
      if (n < 4) {
        return 0;
      }
      double mean = (double) (days[n - 1] - days[0]) / (n - 1);
      double squares = 0;
      for (int i = 1; i < n; i++) {
        double off = days[i] - days[i - 1] - mean;
        squares += off * off;
      }
      return Math.sqrt(squares / (n - 1)) / mean - 1;
    }

    // ln of the mean value of the last three purchases over that of the ones before.
    private double valueTrend(int n) {
      if (n < 4) {
        return 0;
      }
      double before = 0;
      for (int i = 0; i < n - 3; i++) {
        before += net[i] / (n - 3);
      }
      double last = 0;
      for (int i = n - 3; i < n; i++) {
        last += net[i] / 3;
      }
      return before > 0 && last > 0 ? Math.log(last / before) : 0;
    }

    private double discountShare(int n, double netMinor) {
      double sum = 0;
      for (int i = 0; i < Math.min(n, discount.length); i++) {
        sum += discount[i];
      }
      return sum == 0 ? 0 : sum / (sum + netMinor);
    }

    int ordersWithin(int after, int until) {
      return upTo(until) - upTo(after);
    }

    double spendWithin(int after, int until) {
      double sum = 0;
      for (int i = upTo(after); i < upTo(until); i++) {
        sum += net[i];
      }
      return sum;
    }

    private static int within(int[] days, int after, int until) {
      int count = 0;
      for (int day : days) {
        count += day > after && day <= until ? 1 : 0;
      }
      return count;
    }
  }

  public int customers() {
    return histories.size();
  }

  List<History> histories() {
    return histories;
  }

  /// The first purchase of all, or `Integer.MAX_VALUE` where there is none.
  int firstDay() {
    return first.length == 0 ? Integer.MAX_VALUE : first[0];
  }

  int lastDay() {
    return Arrays.stream(last).max().orElse(0);
  }

  /// Those who had bought by `day`: they stand first, in the order of their first purchases.
  List<History> knownBy(int day) {
    int from = 0;
    int to = first.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (first[middle] <= day) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return histories.subList(0, from);
  }

  /// The x, t_x and T of those known by `day`, into columns from one customer to another.
  void summarise(int day, int from, int to, int[] x, double[] recency, double[] age) {
    for (int i = from; i < to; i++) {
      boolean isOver = last[i] <= day;
      x[i] = (isOver ? purchases[i] : histories.get(i).upTo(day)) - 1;
      recency[i] = (isOver ? last[i] : histories.get(i).days[x[i]]) - first[i];
      age[i] = day - first[i];
    }
  }

  /// The panel as it stood at the end of `day`: later purchases are gone.
  Panel until(int day) {
    return new Panel(
        histories.stream()
            .filter(h -> h.days[0] <= day)
            .map(
                h -> {
                  int n = h.upTo(day);
                  return n == h.days.length
                      ? h
                      : new History(
                          h.id,
                          Arrays.copyOf(h.days, n),
                          Arrays.copyOf(h.net, n),
                          Arrays.copyOf(h.discount, Math.min(n, h.discount.length)),
                          Arrays.stream(h.refundDays).filter(d -> d <= day).toArray(),
                          Arrays.stream(h.supportDays).filter(d -> d <= day).toArray());
                })
            // What came later must not even decide the order of sums.
            .sorted(Builder.BY_CONTENT)
            .toList());
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Gathers histories one by one.
  public static final class Builder {
    private static final Comparator<History> BY_CONTENT =
        Comparator.<History, int[]>comparing(h -> h.days, Arrays::compare)
            .thenComparing(h -> h.net, Arrays::compare)
            .thenComparing(h -> h.discount, Arrays::compare)
            .thenComparing(h -> h.refundDays, Arrays::compare)
            .thenComparing(h -> h.supportDays, Arrays::compare)
            .thenComparing(h -> h.id);

    private final List<History> histories = new ArrayList<>();

    private Builder() {}

    /// Adds what a profile knows up to and including `today`; without purchases it adds nothing.
    public Builder add(Profile profile, int today) {
      return add(History.of("", profile, today));
    }

    /// Adds a customer by purchase days (ascending, each once) and their net values.
    public Builder add(String id, int[] days, double[] netMinor) {
      for (int i = 1; i < days.length; i++) {
        if (days[i] <= days[i - 1]) {
          throw new IllegalArgumentException("purchase days must ascend: " + days[i]);
        }
      }
      return add(new History(id, days, netMinor, new double[0], new int[0], new int[0]));
    }

    private Builder add(History history) {
      if (history.days.length > 0) {
        histories.add(history);
      }
      return this;
    }

    public Panel build() {
      List<History> sorted = new ArrayList<>(histories);
      sorted.sort(BY_CONTENT);
      return new Panel(List.copyOf(sorted));
    }
  }
}
