package ai.quimbi.core.customer;

/// What a customer bought on one day, in minor units of the tenant's currency: `netMinor` after
/// refunds, `discountMinor` granted, `refundedMinor` given back. Cancelled orders are not purchases
/// and are not in here.
public record PurchaseDay(
    int day, int orders, long netMinor, long discountMinor, long refundedMinor) {

  PurchaseDay plus(PurchaseDay other) {
    return new PurchaseDay(
        day,
        Math.addExact(orders, other.orders),
        Math.addExact(netMinor, other.netMinor),
        Math.addExact(discountMinor, other.discountMinor),
        Math.addExact(refundedMinor, other.refundedMinor));
  }

  PurchaseDay negated() {
    return new PurchaseDay(day, -orders, -netMinor, -discountMinor, -refundedMinor);
  }

  boolean isNothing() {
    return orders == 0 && netMinor == 0 && discountMinor == 0 && refundedMinor == 0;
  }
}
