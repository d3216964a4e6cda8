package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an order says beside its identity and its customer, as bytes and back. Two orders that say
/// the same are the same bytes, whether they were written 892.50 or 892.5.
public final class OrderCodec {
  private static final int VERSION = 1;

  private OrderCodec() {}

  public static byte[] encode(Order order) {
    ByteWriter out =
        new ByteWriter()
            .octet(VERSION)
            .instant(order.orderedAt())
            .text(order.currency())
            .decimal(order.total())
            .octet(code(order.status()))
            .octet(order.statusStated() ? 1 : 0)
            .decimalOrNothing(order.discountAmount())
            .decimalOrNothing(order.refundAmount())
            .textOrNothing(order.channel())
            .instantOrNothing(order.updatedAt());
    out.count(order.refunds().size());
    for (Refund refund : order.refunds()) {
      out.text(refund.refundId()).decimal(refund.amount()).instantOrNothing(refund.refundedAt());
    }
    out.count(order.items().size());
    for (LineItem item : order.items()) {
      out.textOrNothing(item.productId())
          .textOrNothing(item.productName())
          .textOrNothing(item.category())
          .signed(item.quantity())
          .decimal(item.price());
    }
    return out.toBytes();
  }

  /// Throws `IllegalArgumentException` where the bytes are no order.
  public static Order decode(String source, String orderId, String customerId, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException("unknown form of an order: " + version);
    }
    Instant orderedAt = in.instant();
    String currency = in.text();
    BigDecimal total = in.decimal();
    Order.Status status = status(in.octet());
    boolean statusStated = in.octet() == 1;
    @Nullable BigDecimal discount = in.decimalOrNothing();
    @Nullable BigDecimal refund = in.decimalOrNothing();
    @Nullable String channel = in.textOrNothing();
    @Nullable Instant updatedAt = in.instantOrNothing();
    List<Refund> refunds = new ArrayList<>();
    for (int left = in.size(); left > 0; left--) {
      refunds.add(new Refund(in.text(), in.decimal(), in.instantOrNothing()));
    }
    List<LineItem> items = new ArrayList<>();
    for (int left = in.size(); left > 0; left--) {
      items.add(
          new LineItem(
              in.textOrNothing(),
              in.textOrNothing(),
              in.textOrNothing(),
              Math.toIntExact(in.signed()),
              in.decimal()));
    }
    in.end();
    return new Order(
        source,
        orderId,
        customerId,
        orderedAt,
        currency,
        total,
        status,
        statusStated,
        discount,
        refund,
        refunds,
        channel,
        items,
        updatedAt);
  }

  // Written out, since a new status must never change what stored bytes mean.
  private static int code(Order.Status status) {
    return switch (status) {
      case PAID -> 0;
      case CANCELLED -> 1;
      case REFUNDED -> 2;
      case PARTIALLY_REFUNDED -> 3;
    };
  }

  private static Order.Status status(int code) {
    for (Order.Status status : Order.Status.values()) {
      if (code(status) == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("unknown status of an order: " + code);
  }

  /// Tells one version of an order from another: its content and its customer.
  public static UUID fingerprint(Order order, byte[] encoded) {
    return fingerprint(new ByteWriter().text(order.customerId()).raw(encoded).toBytes());
  }

  /// Tells one telling of an interaction from another.
  public static UUID fingerprint(Interaction interaction) {
    return fingerprint(
        new ByteWriter()
            .text(interaction.customerId())
            .text(interaction.type())
            .textOrNothing(interaction.channel())
            .instant(interaction.at())
            .textOrNothing(interaction.metadata())
            .toBytes());
  }

  // Half of a SHA-256 is enough to tell versions apart; a UUID is how a database keeps 16 bytes.
  private static UUID fingerprint(byte[] content) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(content));
    return new UUID(hash.getLong(), hash.getLong());
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
