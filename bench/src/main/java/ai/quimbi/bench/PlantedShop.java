package ai.quimbi.bench;

import ai.quimbi.core.customer.ContactDay;
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

/// Invented customers of a shop, each by its number: rates, tenures and spends over two orders of
/// magnitude, some who buy reduced, some who return, four categories, a few contacts.
record PlantedShop(int today) {
  private static final double[] PER_YEAR = {14, 5, 1.7, 0.3};
  private static final int[] TENURE = {20, 170, 560, 1500};
  private static final int[] MEAN_MINOR = {20_000, 9_000, 4_000, 1_500};
  private static final int MOST = 60;

  Profile customer(int number) {
    SplittableRandom random = new SplittableRandom(1_000_003L * number + 17);
    int tenure = 1 + random.nextInt(2 * TENURE[random.nextInt(4)]);
    double rate = PER_YEAR[random.nextInt(4)] * (0.5 + random.nextDouble());
    int n = (int) Math.min(MOST, 1 + Math.round(rate * tenure / 365));
    TreeSet<Integer> days = new TreeSet<>();
    days.add(today - tenure);
    for (int i = 1; i < n; i++) {
      days.add(today - random.nextInt(tenure + 1));
    }
    int mean = MEAN_MINOR[random.nextInt(4)];
    double discounted = random.nextInt(3) / 3.0;
    double returned = random.nextInt(4) == 0 ? 0.3 : 0.02;
    boolean isMulti = random.nextBoolean();
    TreeMap<String, Long> facts = new TreeMap<>();
    TreeMap<String, Long> categories = new TreeMap<>();
    TreeMap<String, Long> products = new TreeMap<>();
    List<PurchaseDay> purchases = new ArrayList<>();
    for (int day : days) {
      int paid = mean / 2 + random.nextInt(mean);
      boolean isDiscounted = random.nextDouble() < discounted;
      int refunded = random.nextDouble() < returned ? paid / 2 : 0;
      purchases.add(
          new PurchaseDay(day, 1, paid - refunded, isDiscounted ? paid / 5 : 0, refunded));
      add(facts, Fact.DISCOUNT_TOLD.name(), 1);
      add(facts, Fact.REFUND_TOLD.name(), 1);
      add(facts, Fact.ORDERS_WITH_ITEMS.name(), 1);
      add(facts, Fact.UNITS.name(), 2);
      if (isDiscounted) {
        add(facts, Fact.DISCOUNTED_ORDERS.name(), 1);
        add(facts, Fact.DISCOUNTED_NET_MINOR.name(), paid - refunded);
      }
      if (refunded > 0) {
        add(facts, Fact.REFUNDED_ORDERS.name(), 1);
      }
      add(categories, "c" + (isMulti ? random.nextInt(4) : 0), 1);
      add(products, "p" + random.nextInt(number % 3 == 0 ? 2 : 500), 1);
    }
    List<ContactDay> contacts =
        number % 5 == 0
            ? List.of(
                new ContactDay(today - random.nextInt(tenure + 1), "support_ticket", "email", 1))
            : List.of();
    Map<Counter, Tally> tallies = new EnumMap<>(Counter.class);
    tallies.put(Counter.FACTS, new Tally(facts));
    tallies.put(Counter.CATEGORY_ORDERS, new Tally(categories));
    tallies.put(Counter.PRODUCT_ORDERS, new Tally(products));
    return new Profile(purchases, contacts, tallies);
  }

  private static void add(TreeMap<String, Long> counts, String name, long by) {
    if (by != 0) {
      counts.merge(name, by, Long::sum);
    }
  }
}
