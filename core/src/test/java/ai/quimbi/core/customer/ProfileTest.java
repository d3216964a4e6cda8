package ai.quimbi.core.customer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Profile.Counter;
import ai.quimbi.core.customer.Profile.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Ledger LEDGER = RandomHistories.LEDGER;
  private static final Instant NOON = Instant.parse("2024-03-15T16:30:00Z");

  @Test
  void an_order_counts_on_the_tenants_day_and_hour() {
    Instant lateInNewYork = Instant.parse("2024-03-16T02:30:00Z");

    Profile profile = of(order(lateInNewYork, "125.50", Order.Status.PAID, null, List.of()));

    int day = Math.toIntExact(LocalDate.of(2024, 3, 15).toEpochDay());
    assertEquals(List.of(new PurchaseDay(day, 1, 12_550, 0, 0)), profile.purchaseDays());
    assertEquals(1, profile.tally(Counter.HOUR_ORDERS).get("22"));
  }

  @Test
  void refunds_lower_what_was_spent_and_never_below_zero() {
    List<Refund> more = List.of(refund("90.00"), refund("60.00"));

    Profile partly = of(order(NOON, "100.00", Order.Status.PAID, "30.00", List.of()));
    Profile beyond = of(order(NOON, "100.00", Order.Status.PARTIALLY_REFUNDED, null, more));
    Profile whole = of(order(NOON, "100.00", Order.Status.REFUNDED, null, List.of()));

    assertEquals(7_000, partly.netMinor());
    assertEquals(0, beyond.netMinor());
    assertEquals(0, whole.netMinor());
    assertEquals(10_000, whole.purchaseDays().getFirst().refundedMinor());
  }

  @Test
  void a_cancelled_order_is_no_purchase() {
    Profile profile = of(order(NOON, "100.00", Order.Status.CANCELLED, null, List.of()));

    assertTrue(profile.purchaseDays().isEmpty());
    assertEquals(1, profile.fact(Fact.CANCELLED_ORDERS));
  }

  @Test
  void many_orders_of_a_day_add_up_to_one_day() {
    Profile one = of(order(NOON, "10.00", Order.Status.PAID, null, List.of()));

    Profile three = one.plus(one).plus(one);

    assertEquals(1, three.purchaseDays().size());
    assertEquals(3, three.orders());
    assertEquals(3_000, three.netMinor());
  }

  @Test
  void money_written_with_more_zeros_is_the_same_order() {
    Order one = order(NOON, "892.50", Order.Status.PAID, null, List.of());
    Order other = order(NOON, "892.5", Order.Status.PAID, null, List.of());
    Order different = order(NOON, "892.51", Order.Status.PAID, null, List.of());

    assertArrayEquals(OrderCodec.encode(one), OrderCodec.encode(other));
    assertNotEquals(
        OrderCodec.fingerprint(one, OrderCodec.encode(one)),
        OrderCodec.fingerprint(different, OrderCodec.encode(different)));
  }

  @Test
  void an_interaction_is_told_apart_by_its_id_else_by_all_it_says() {
    String byTicket = Interaction.identityOf(null, "T-123", "c1", "support_ticket", NOON, "email");
    String byId = Interaction.identityOf("T-123", "other", "c2", "email_open", NOON, null);
    String plain = Interaction.identityOf(null, null, "c1", "support_ticket", NOON, "email");
    String noChannel = Interaction.identityOf(null, null, "c1", "support_ticket", NOON, null);
    String shifted = Interaction.identityOf(null, null, "c1s", "upport_ticket", NOON, "email");

    assertEquals(byTicket, byId);
    assertNotEquals(plain, noChannel);
    assertNotEquals(plain, shifted);
  }

  private static Profile of(Order order) {
    return Profile.of(order, LEDGER, BigDecimal.ONE);
  }

  private static Refund refund(String amount) {
    return new Refund("r" + amount, new BigDecimal(amount), null);
  }

  private static Order order(
      Instant at,
      String total,
      Order.Status status,
      @Nullable String refundAmount,
      List<Refund> refunds) {
    return new Order(
        "shop",
        "o1",
        "c1",
        at,
        "USD",
        new BigDecimal(total),
        status,
        status != Order.Status.PAID,
        null,
        refundAmount == null ? null : new BigDecimal(refundAmount),
        refunds,
        null,
        List.of(),
        null);
  }
}
