package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.OrderCodec;
import ai.quimbi.core.customer.RatedOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One version of an order on its way into the store. `row` is its place in the batch.
@SuppressWarnings("ArrayRecordComponent") // carried to a statement, never compared
record OrderVersion(int row, RatedOrder rated, long netMinor, byte[] content, UUID fingerprint) {

  /// The greater `updated_at` wins. A version that states none is older than any that does: so the
  /// winner among versions told apart by `updated_at` does not depend on the order of arrival.
  static final Comparator<@Nullable Instant> BY_UPDATE =
      Comparator.nullsFirst(Comparator.naturalOrder());

  static OrderVersion of(int row, Order order, BigDecimal rate, Ledger ledger) {
    RatedOrder rated = new RatedOrder(order, rate);
    byte[] content = OrderCodec.encode(order);
    return new OrderVersion(
        row, rated, rated.netMinor(ledger), content, OrderCodec.fingerprint(order, content));
  }

  Order order() {
    return rated.order();
  }

  Identity identity() {
    return new Identity(order().source(), order().orderId());
  }

  boolean saysTheSameAs(UUID otherFingerprint) {
    return fingerprint.equals(otherFingerprint);
  }

  /// Whether two versions of one order have the same content and customer.
  static boolean sayTheSame(Order one, Order other) {
    return OrderCodec.fingerprint(one, OrderCodec.encode(one))
        .equals(OrderCodec.fingerprint(other, OrderCodec.encode(other)));
  }

  /// Whether this, arriving now, takes the place of a version that was updated at `current`.
  boolean winsOver(@Nullable Instant current) {
    return BY_UPDATE.compare(order().updatedAt(), current) >= 0;
  }
}
