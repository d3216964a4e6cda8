package ai.quimbi.core.behaviour;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.Profile.Counter;
import ai.quimbi.core.customer.Profile.Fact;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.customer.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// A shop whose customers' segments are known: each customer draws a segment on each of the eight
/// axes and then shops accordingly.
///
/// `noise` in [0, 1] is the share of choices (day, discount, category, product) made by chance and
/// the log standard deviation of spend, rate and tenure.
record PlantedWorld(long seed, double noise) {
  static final int TODAY = Customers.TODAY;

  private static final double[] NET = {50 * 40, 14 * 40, 4 * 40, 1 * 40};
  private static final double[] DISCOUNTED = {0.85, 0.32, 0.0};
  private static final double[] TENURE = {20, 170, 560, 1500};
  private static final double[] PER_YEAR = {14, 5, 1.7, 0.3};
  private static final double[] RETURNED = {0.0, 0.15, 0.45};
  private static final double[][] KINDS = {
    {0.05, 0.2, 0.3, 0.45}, // purchase_value
    {0.3, 0.4, 0.3},
    {0.2, 0.25, 0.3, 0.25},
    {0.35, 0.3, 0.2, 0.15},
    {0.7, 0.2, 0.1},
    {0.6, 0.4},
    {0.25, 0.15, 0.15, 0.15, 0.15, 0.15},
    {0.4, 0.35, 0.25}
  };

  /// A customer and the index of the planted segment on each main axis.
  record Planted(Profile profile, List<Integer> segments) {}

  Planted customer(int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    int[] kind = new int[8];
    for (int axis = 0; axis < 8; axis++) {
      kind[axis] = draw(KINDS[axis], random);
    }
    int tenure = (int) Math.max(1, TENURE[kind[2]] * blur(random, 0.5));
    double rate = PER_YEAR[kind[3]] * blur(random, 0.5);
    int n = Math.max(1, (int) Math.round(1 + rate * tenure / 365.25));
    List<Integer> days = days(kind[6], n, tenure, random);
    double net = NET[kind[0]] * blur(random, 0.5) * 100;
    Profile profile = profile(days, net, kind, random);
    return new Planted(profile, IntStream.of(kind).boxed().toList());
  }

  private double blur(SplittableRandom random, double much) {
    return Math.exp(much * noise * random.nextGaussian());
  }

  private static int draw(double[] shares, SplittableRandom random) {
    double u = random.nextDouble();
    int j = 0;
    while (j < shares.length - 1 && u >= shares[j]) {
      u -= shares[j++];
    }
    return j;
  }

  private List<Integer> days(int cadence, int n, int tenure, SplittableRandom random) {
    TreeSet<Integer> days = new TreeSet<>();
    int first = firstDay(cadence, TODAY - tenure);
    int span = TODAY - first;
    int burst = first;
    days.add(first);
    for (int tries = 0; days.size() < n && tries < 40 * n; tries++) {
      int i = days.size();
      int any = first + random.nextInt(span + 1);
      int day = any;
      if (random.nextDouble() >= noise) {
        boolean weekend = Math.floorMod(any + 3, 7) >= 5;
        switch (cadence) {
          case 0 -> day = first + (int) ((i + 0.08 * random.nextGaussian()) * span / n);
          case 1 -> day = weekend ? any + 2 : any;
          case 2 -> day = weekend ? any : any + 5 - Math.floorMod(any + 3, 7);
          case 3 -> {
            if (Math.floorMod(any - first, 365) > 60) {
              continue;
            }
          }
          case 4 -> day = any;
          default -> {
            burst = i % 4 == 0 ? any : burst;
            day = burst + random.nextInt(9);
          }
        }
      }
      days.add(Math.clamp(day, first, TODAY));
    }
    return new ArrayList<>(days);
  }

  private static int firstDay(int cadence, int day) {
    int weekday = Math.floorMod(day + 3, 7);
    return switch (cadence) {
      case 1 -> weekday >= 5 ? day - 2 : day;
      case 2 -> weekday >= 5 ? day : day - 2 - weekday;
      default -> day;
    };
  }

  private Profile profile(List<Integer> days, double net, int[] kind, SplittableRandom random) {
    int n = days.size();
    // What is given back comes on top: the planted spend is net.
    double dayNet = Math.max(1, net / n / (1 - RETURNED[kind[4]] * (n - 1) / n));
    double discountDebt = random.nextDouble();
    double returnDebt = random.nextDouble();
    TreeMap<String, Long> facts = new TreeMap<>();
    TreeMap<String, Long> categories = new TreeMap<>();
    TreeMap<String, Long> products = new TreeMap<>();
    List<PurchaseDay> purchases = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      long paid = Math.max(1, (long) (dayNet * blur(random, 0.3)));
      discountDebt += mix(DISCOUNTED[kind[1]], random);
      boolean isDiscounted = discountDebt >= 1;
      discountDebt -= isDiscounted ? 1 : 0;
      returnDebt += mix(RETURNED[kind[4]], random);
      boolean isReturned = returnDebt >= 1 && i > 0;
      returnDebt -= isReturned ? 1 : 0;
      long refunded = isReturned ? paid : 0;
      purchases.add(
          new PurchaseDay(days.get(i), 1, paid - refunded, isDiscounted ? paid / 5 : 0, refunded));
      count(facts, Fact.DISCOUNT_TOLD.name(), 1);
      count(facts, Fact.REFUND_TOLD.name(), 1);
      count(facts, Fact.ORDERS_WITH_ITEMS.name(), 1);
      count(facts, Fact.UNITS.name(), 2);
      if (isDiscounted) {
        count(facts, Fact.DISCOUNTED_ORDERS.name(), 1);
        count(facts, Fact.DISCOUNTED_NET_MINOR.name(), paid - refunded);
      }
      if (isReturned) {
        count(facts, Fact.REFUNDED_ORDERS.name(), 1);
      }
      boolean byChance = random.nextDouble() < noise;
      boolean isMulti = byChance ? random.nextBoolean() : kind[5] == 0;
      count(categories, "c" + (isMulti ? i % 4 : 0), 1);
      int habit = random.nextDouble() < noise ? random.nextInt(3) : kind[7];
      switch (habit) {
        case 0 -> {
          count(products, "favourite", 1);
          if (i % 4 == 3) {
            count(products, "extra" + i, 1);
          }
        }
        case 1 -> count(products, "new" + i, 1);
        default -> count(products, i % 2 == 0 ? "usual" : "new" + i, 1);
      }
    }
    Map<Counter, Tally> tallies = new EnumMap<>(Counter.class);
    tallies.put(Counter.FACTS, new Tally(facts));
    tallies.put(Counter.CATEGORY_ORDERS, new Tally(categories));
    tallies.put(Counter.PRODUCT_ORDERS, new Tally(products));
    return new Profile(purchases, List.of(), tallies);
  }

  private double mix(double share, SplittableRandom random) {
    return random.nextDouble() < noise ? random.nextDouble() : share;
  }

  private static void count(TreeMap<String, Long> counts, String name, long by) {
    if (by != 0) {
      counts.merge(name, by, Long::sum);
    }
  }
}
