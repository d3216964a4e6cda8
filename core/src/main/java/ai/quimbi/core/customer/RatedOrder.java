package ai.quimbi.core.customer;

import java.math.BigDecimal;

/// An order and the rate that converts its currency into the tenant's, fixed when it came in.
public record RatedOrder(Order order, BigDecimal rate) {

  /// What the order brought, net of refunds and cancellations, minor units.
  public long netMinor(Ledger ledger) {
    if (order.isCancelled()) {
      return 0;
    }
    long total = ledger.minorOf(order.total(), rate);
    return total - Math.min(ledger.minorOf(order.refunded(), rate), total);
  }
}
