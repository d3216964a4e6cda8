package ai.quimbi.server.app.demo;

import ai.quimbi.core.customer.Order;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/// Everything that happened at a company before `today`, the same for the same company, seed and
/// day. Only who buys when is kept; orders are made as [#batches] reaches them.
public final class DemoHistory {
  private static final int CUSTOMER_BITS = 14;

  private final DemoCompany company;
  private final long seed;
  private final Instant end;
  private final List<Truth> truths;
  // Local minute since 1970, then the customer's place: sorted, this is the order of purchases.
  private final long[] purchases;

  private DemoHistory(
      DemoCompany company, long seed, Instant end, List<Truth> truths, long[] purchases) {
    this.company = company;
    this.seed = seed;
    this.end = end;
    this.truths = truths;
    this.purchases = purchases;
  }

  /// `today` is the first day without events: nothing lies in the future.
  public static DemoHistory of(DemoCompany company, long seed, LocalDate today) {
    long ownSeed = new Chance(seed, company.tenant().id().hashCode()).below(Integer.MAX_VALUE);
    List<Truth> truths = new ArrayList<>();
    long[] purchases = new long[1 << 16];
    int size = 0;
    for (int i = 0; i < company.customers(); i++) {
      Chance chance = new Chance(ownSeed, 1, i);
      Truth truth = truth(company, i, today, chance);
      truths.add(truth);
      for (long minute : Visits.minutes(truth, company.seasonality(), today, chance)) {
        purchases = size == purchases.length ? Arrays.copyOf(purchases, size * 2) : purchases;
        purchases[size++] = (minute << CUSTOMER_BITS) | i;
      }
    }
    purchases = Arrays.copyOf(purchases, size);
    Arrays.sort(purchases);
    Instant end = today.atStartOfDay(company.tenant().zone()).toInstant();
    return new DemoHistory(company, ownSeed, end, List.copyOf(truths), purchases);
  }

  public DemoCompany company() {
    return company;
  }

  /// Each customer, by id.
  public List<Truth> truths() {
    return truths;
  }

  public int orders() {
    return purchases.length;
  }

  /// Batches of `size` orders and the contacts up to the last of them, in time order.
  public Iterator<Batch> batches(int size) {
    return new Batches(size);
  }

  private static Truth truth(DemoCompany company, int index, LocalDate today, Chance chance) {
    String id = DemoCompany.customerId(index);
    if (id.equals(company.example())) {
      // The documentation's customer is somebody worth asking about.
      int first = Math.toIntExact(today.toEpochDay()) - 680;
      Truth drawn = Truth.drawn(id, CustomerType.DEAL_HUNTER, first, company, chance);
      return new Truth(
          id,
          drawn.type(),
          first,
          first + 1500,
          7,
          company.orderValue() * 1.6,
          0.8,
          0.05,
          drawn.categories(),
          drawn.cadence());
    }
    CustomerType type = CustomerType.drawn(chance);
    return Truth.drawn(id, type, firstDay(company, type, today, chance), company, chance);
  }

  /// New customers come when customers buy, and some more each year.
  private static int firstDay(
      DemoCompany company, CustomerType type, LocalDate today, Chance chance) {
    LocalDate start = today.minusMonths(company.months());
    int days = (int) (today.toEpochDay() - start.toEpochDay());
    while (true) {
      int day = (int) (StrictMath.pow(chance.next(), 0.85) * days);
      LocalDate date = start.plusDays(day);
      double weight =
          Seasons.weight(date, company.seasonality(), type.priceSensitivity)
              * type.cadence.weight(date);
      if (chance.with(weight / Seasons.HEAVIEST)) {
        return Math.toIntExact(date.toEpochDay());
      }
    }
  }

  private final class Batches implements Iterator<Batch> {
    private final int size;
    private final OrderTale tale = new OrderTale(company, end);
    private final Aftermath aftermath = new Aftermath(end);
    private final int[] made = new int[truths.size()];
    private final int[] lastPurchase = new int[truths.size()];
    private final PriorityQueue<Contact> coming =
        new PriorityQueue<>(
            Comparator.comparing((Contact contact) -> contact.interaction().at())
                .thenComparing(contact -> contact.interaction().identity()));
    private int next;

    Batches(int size) {
      this.size = size;
      for (int i = 0; i < purchases.length; i++) {
        lastPurchase[customerOf(purchases[i])] = i;
      }
    }

    @Override
    public boolean hasNext() {
      return next < purchases.length || !coming.isEmpty();
    }

    @Override
    public Batch next() {
      List<Order> orders = new ArrayList<>(size);
      List<Contact> contacts = new ArrayList<>();
      while (next < purchases.length && orders.size() < size) {
        orders.add(order(next++));
      }
      Instant until = next < purchases.length ? instantOf(purchases[next]) : end;
      while (!coming.isEmpty() && coming.element().interaction().at().isBefore(until)) {
        contacts.add(coming.remove());
      }
      return new Batch(orders, contacts);
    }

    private Order order(int place) {
      int customer = customerOf(purchases[place]);
      Truth truth = truths.get(customer);
      Chance chance = new Chance(seed, 2, customer, made[customer]++);
      Instant at = instantOf(purchases[place]);
      Order order = tale.told(truth, "order_" + (100_001 + place), at, chance);
      boolean isLost = !end.isBefore(startOf(truth.aliveUntil() + 1));
      aftermath.of(order, isLost && lastPurchase[customer] == place, chance, coming::add);
      return order;
    }
  }

  private static int customerOf(long purchase) {
    return (int) (purchase & ((1 << CUSTOMER_BITS) - 1));
  }

  private Instant instantOf(long purchase) {
    long minute = purchase >> CUSTOMER_BITS;
    return LocalDate.ofEpochDay(minute / 1440)
        .atTime(LocalTime.ofSecondOfDay(minute % 1440 * 60))
        .atZone(company.tenant().zone())
        .toInstant();
  }

  private Instant startOf(int day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(company.tenant().zone()).toInstant();
  }
}
