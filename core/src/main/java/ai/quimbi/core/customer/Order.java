package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One version of an order as it was told. `(source, orderId)` is its identity. `total` is what was
/// to be paid, after `discountAmount`; `null` amounts were not stated, which is not the same as
/// zero: an unstated discount is no evidence against discounts.
public record Order(
    String source,
    String orderId,
    String customerId,
    Instant orderedAt,
    String currency,
    BigDecimal total,
    Status status,
    boolean statusStated,
    @Nullable BigDecimal discountAmount,
    @Nullable BigDecimal refundAmount,
    List<Refund> refunds,
    @Nullable String channel,
    List<LineItem> items,
    @Nullable Instant updatedAt) {

  public Order {
    refunds = List.copyOf(refunds);
    items = List.copyOf(items);
  }

  /// What became of an order.
  public enum Status {
    PAID,
    CANCELLED,
    REFUNDED,
    PARTIALLY_REFUNDED
  }

  public boolean isCancelled() {
    return status == Status.CANCELLED;
  }

  /// Whether the caller tells refunds at all: a stated status, an amount or a list.
  public boolean tellsRefunds() {
    return statusStated || refundAmount != null || !refunds.isEmpty();
  }

  /// What was given back, at most the total: all of it for `REFUNDED`, else the stated amount, else
  /// the sum of the listed refunds.
  public BigDecimal refunded() {
    if (status == Status.REFUNDED) {
      return total;
    }
    BigDecimal stated =
        refundAmount != null
            ? refundAmount
            : refunds.stream().map(Refund::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return stated.min(total).max(BigDecimal.ZERO);
  }
}
