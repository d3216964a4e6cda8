package ai.quimbi.core.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderRulesTest {
  private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
  private static final Instant YESTERDAY = Instant.parse("2024-05-31T12:00:00Z");
  private static final RateLookup RATES =
      (currency, day) ->
          currency.equals("EUR") ? Optional.of(new BigDecimal("1.1")) : Optional.empty();

  private final OrderRules rules = rules("USD");

  @Test
  void the_documents_own_order_keeps_all_rules() {
    Order order =
        order("125.50", "USD", YESTERDAY, null, List.of(item(1, "45.00"), item(3, "26.83")));

    assertEquals(List.of(), rules.faults(order));
  }

  @Test
  void a_total_has_the_decimals_of_its_currency() {
    assertEquals(List.of(), paths(rules.faults(total("12.500"))));
    assertEquals(List.of("total_price"), paths(rules.faults(total("12.505"))));
    assertEquals(
        List.of("total_price"), paths(rules("JPY").faults(money("100.5", "JPY", YESTERDAY))));
    assertEquals(List.of(), paths(rules("KWD").faults(money("1.125", "KWD", YESTERDAY))));
    assertEquals(
        List.of("items[0].price"),
        paths(rules.faults(order("1", "USD", YESTERDAY, null, List.of(item(1, "0.1234567"))))));
  }

  @Test
  void numbers_of_absurd_size_are_refused_quickly() {
    for (String huge : List.of("1e999999999", "1e30", "99999999999999.99")) {
      assertEquals(List.of("too_large"), codes(rules.faults(total(huge))), huge);
    }
    assertEquals(List.of("too_many_decimals"), codes(rules.faults(total("1e-999999999"))));
    assertEquals(List.of("too_large"), codes(rules.faults(total("100000000000.01"))));
    assertEquals(List.of(), codes(rules.faults(total("100000000000.00"))));
    assertEquals(
        List.of("too_large"),
        codes(
            rules.faults(
                order("1", "USD", YESTERDAY, null, List.of(item(2_000_000_000, "1000"))))));
  }

  @Test
  void a_day_ahead_is_the_most_a_clock_may_be_wrong() {
    Instant tomorrow = NOW.plusSeconds(86_400);

    assertEquals(List.of(), rules.faults(money("1", "USD", tomorrow)));
    assertEquals(
        List.of("order_date"), paths(rules.faults(money("1", "USD", tomorrow.plusSeconds(1)))));
    assertEquals(
        List.of("updated_at"),
        paths(rules.faults(order("1", "USD", YESTERDAY, tomorrow.plusSeconds(1), List.of()))));
    assertEquals(
        List.of("order_date"),
        paths(rules.faults(money("1", "USD", Instant.parse("-999999-01-01T00:00:00Z")))));
  }

  @Test
  void another_currency_needs_a_rate_for_its_day() {
    assertEquals(List.of(), rules.faults(money("10", "EUR", YESTERDAY)));

    Fault missing = rules.faults(money("10", "GBP", YESTERDAY)).getFirst();
    assertEquals("currency", missing.path());
    assertTrue(missing.message().contains("GBP") && missing.message().contains("2024-05-31"));
    assertEquals(List.of("unknown_currency"), codes(rules.faults(money("10", "XYZ1", YESTERDAY))));
  }

  @Test
  void all_faults_come_at_once() {
    Order order =
        new Order(
            "",
            "o\u0007",
            "c1",
            YESTERDAY,
            "USD",
            new BigDecimal("-1"),
            Order.Status.PAID,
            false,
            new BigDecimal("-2"),
            null,
            List.of(new Refund("r", new BigDecimal("1.001"), NOW.plusSeconds(100_000))),
            null,
            List.of(item(-1, "-5")),
            null);

    assertEquals(
        List.of(
            "source",
            "order_id",
            "refunds[0].refunded_at",
            "total_price",
            "discount_amount",
            "refunds[0].amount",
            "items[0].quantity",
            "items[0].price"),
        paths(rules.faults(order)));
  }

  @Test
  void every_id_of_128_characters_without_controls_is_legal() {
    for (String id : List.of("a/b", "..", "50%", "🧵", "x".repeat(128), "🧵".repeat(128))) {
      assertEquals(List.of(), rules.faults(contact(id)), id);
    }
    for (String id : List.of("", "a\u0000", "a\nb", "x".repeat(129))) {
      assertEquals(List.of("customer_id"), paths(rules.faults(contact(id))), id);
    }
  }

  private static OrderRules rules(String currency) {
    Ledger ledger = new Ledger(ZoneId.of("UTC"), Currency.getInstance(currency));
    return new OrderRules(ledger, RATES, NOW);
  }

  private static Interaction contact(String customerId) {
    return new Interaction("s", "id:1", customerId, "email_open", null, YESTERDAY);
  }

  private static LineItem item(int quantity, String price) {
    return new LineItem("p", "Cotton", "fabric", quantity, new BigDecimal(price));
  }

  private static Order total(String total) {
    return money(total, "USD", YESTERDAY);
  }

  private static Order money(String total, String currency, Instant at) {
    return order(total, currency, at, null, List.of());
  }

  private static Order order(
      String total,
      String currency,
      Instant at,
      @Nullable Instant updatedAt,
      List<LineItem> items) {
    return new Order(
        "shop",
        "o1",
        "c1",
        at,
        currency,
        new BigDecimal(total),
        Order.Status.PAID,
        false,
        null,
        null,
        List.of(),
        null,
        items,
        updatedAt);
  }

  private static List<String> paths(List<Fault> faults) {
    return faults.stream().map(Fault::path).toList();
  }

  private static List<String> codes(List<Fault> faults) {
    return faults.stream().map(Fault::code).toList();
  }
}
