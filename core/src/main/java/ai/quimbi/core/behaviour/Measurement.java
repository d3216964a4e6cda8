package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Feature.CATEGORY_DIVERSITY;
import static ai.quimbi.core.behaviour.Feature.CATEGORY_EVENTS;
import static ai.quimbi.core.behaviour.Feature.DISCOUNT_SHARE;
import static ai.quimbi.core.behaviour.Feature.DISCOUNT_TOLD;
import static ai.quimbi.core.behaviour.Feature.DISTINCT_PRODUCTS;
import static ai.quimbi.core.behaviour.Feature.FAVOURITE_SHARE;
import static ai.quimbi.core.behaviour.Feature.NET_MINOR;
import static ai.quimbi.core.behaviour.Feature.ORDERS;
import static ai.quimbi.core.behaviour.Feature.ORDERS_WITH_ITEMS;
import static ai.quimbi.core.behaviour.Feature.PURCHASE_DAYS;
import static ai.quimbi.core.behaviour.Feature.REFUND_TOLD;
import static ai.quimbi.core.behaviour.Feature.REPEAT_SHARE;
import static ai.quimbi.core.behaviour.Feature.RETURNED_SHARE;
import static ai.quimbi.core.behaviour.Feature.UNIT_MINOR;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.Profile.Counter;
import ai.quimbi.core.customer.Profile.Fact;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.customer.Tally;

/// From a profile to its row of [Feature]s: what was bought and for how much. Time is measured by
/// [Rhythm], contacts by [Contacts].
final class Measurement {
  private Measurement() {}

  /// Writes the features of `profile`, seen on `today`, into `row` from `at` on. Every value is
  /// finite.
  static void write(Profile profile, int today, double[] row, int at) {
    long orders = 0;
    long net = 0;
    long refunded = 0;
    for (PurchaseDay day : profile.purchaseDays()) {
      orders += day.orders();
      net += day.netMinor();
      refunded += day.refundedMinor();
    }
    Tally facts = profile.tally(Counter.FACTS);
    row[at + PURCHASE_DAYS] = profile.purchaseDays().size();
    row[at + ORDERS] = orders;
    row[at + NET_MINOR] = Math.max(0, net);
    row[at + RETURNED_SHARE] =
        share((double) refunded, Math.max(0.0, (double) net) + (double) refunded);
    row[at + REFUND_TOLD] = facts.get(Fact.REFUND_TOLD.name());
    row[at + UNIT_MINOR] = perUnit(net, facts.get(Fact.UNITS.name()));
    writeDiscounts(facts, net, orders, row, at);
    writeCategories(profile.tally(Counter.CATEGORY_ORDERS), row, at);
    writeProducts(profile.tally(Counter.PRODUCT_ORDERS), facts, row, at);
    Rhythm.write(profile.purchaseDays(), today, row, at);
    Contacts.write(profile.contactDays(), orders, row, at);
  }

  // By value, as the price paid is what tells a bargain hunter. Orders that say nothing of
  // discounts are left out in proportion: their value is not kept apart. Where nothing was kept of
  // what was
  // bought, the orders are counted instead.
  private static void writeDiscounts(Tally facts, long net, long orders, double[] row, int at) {
    double told = (double) facts.get(Fact.DISCOUNT_TOLD.name());
    double value = net * share(told, (double) orders);
    row[at + DISCOUNT_TOLD] = told;
    row[at + DISCOUNT_SHARE] =
        value > 0
            ? share((double) facts.get(Fact.DISCOUNTED_NET_MINOR.name()), value)
            : share((double) facts.get(Fact.DISCOUNTED_ORDERS.name()), told);
  }

  // Simpson's index with n(n-1): unlike an entropy it does not grow with the number of purchases.
  private static void writeCategories(Tally categories, double[] row, int at) {
    double events = 0;
    double samePairs = 0;
    for (long count : categories.counts().values()) {
      events += count;
      samePairs += (double) count * (count - 1);
    }
    row[at + CATEGORY_EVENTS] = events;
    row[at + CATEGORY_DIVERSITY] = events > 1 ? 1 - share(samePairs, events * (events - 1)) : 0;
  }

  // Of `n` orders with `p` product purchases at most p (1 - 1/n) can be repeats: the first order
  // has none.
  private static void writeProducts(Tally products, Tally facts, double[] row, int at) {
    double purchases = 0;
    double favourite = 0;
    for (long count : products.counts().values()) {
      purchases += count;
      favourite = Math.max(favourite, (double) count);
    }
    double distinct = products.counts().size();
    double orders = (double) facts.get(Fact.ORDERS_WITH_ITEMS.name());
    row[at + DISTINCT_PRODUCTS] = distinct;
    row[at + ORDERS_WITH_ITEMS] = purchases > 0 ? orders : 0;
    row[at + REPEAT_SHARE] =
        orders > 1 ? share(purchases - distinct, purchases * (1 - 1 / orders)) : 0;
    row[at + FAVOURITE_SHARE] = share(favourite, orders);
  }

  private static double perUnit(long net, long units) {
    return units > 0 && net > 0 ? (double) net / (double) units : 0;
  }

  static double share(double part, double whole) {
    return whole > 0 ? Math.clamp(part / whole, 0.0, 1.0) : 0;
  }
}
