package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Refund;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads orders as the contract writes them. The schema has been checked: what is required is
/// there and of the right type.
final class OrderJson {
  /// The source of orders that came with a question and are not stored.
  static final String CONTEXT = "context";

  private OrderJson() {}

  /// An order of `ingest_orders`, which names its customer.
  static Order ingested(JsonNode order, String source, Tenant tenant) {
    return read(order, source, order.path("customer_id").textValue(), tenant);
  }

  /// An order of analyze's context, which belongs to the customer asked about.
  static Order ofContext(JsonNode order, String customerId, Tenant tenant) {
    return read(order, CONTEXT, customerId, tenant);
  }

  private static Order read(JsonNode order, String source, String customerId, Tenant tenant) {
    String currency = textOr(order, "currency", tenant.currency().getCurrencyCode());
    String status = text(order, "status");
    return new Order(
        source,
        textOr(order, "order_id", ""),
        customerId,
        instant(order.path("order_date").textValue()),
        currency,
        order.path("total_price").decimalValue(),
        status == null ? Order.Status.PAID : Order.Status.valueOf(status.toUpperCase(Locale.ROOT)),
        status != null,
        decimal(order, "discount_amount"),
        decimal(order, "refund_amount"),
        refunds(order.path("refunds")),
        text(order, "channel"),
        items(order.path("items")),
        order.hasNonNull("updated_at") ? instant(order.path("updated_at").textValue()) : null);
  }

  private static List<LineItem> items(JsonNode items) {
    List<LineItem> lines = new ArrayList<>(items.size());
    for (JsonNode item : items) {
      BigDecimal price = decimal(item, "price");
      lines.add(
          new LineItem(
              text(item, "product_id"),
              text(item, "product_name"),
              text(item, "category"),
              item.path("quantity").asInt(1),
              price == null ? BigDecimal.ZERO : price));
    }
    return lines;
  }

  private static List<Refund> refunds(JsonNode refunds) {
    List<Refund> read = new ArrayList<>(refunds.size());
    for (JsonNode refund : refunds) {
      String at = text(refund, "refunded_at");
      read.add(
          new Refund(
              textOr(refund, "refund_id", ""),
              refund.path("amount").decimalValue(),
              at == null ? null : instant(at)));
    }
    return read;
  }

  static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  static @Nullable String text(JsonNode node, String name) {
    return node.path(name).textValue();
  }

  private static String textOr(JsonNode node, String name, String standard) {
    String text = text(node, name);
    return text == null ? standard : text;
  }

  private static @Nullable BigDecimal decimal(JsonNode node, String name) {
    return node.hasNonNull(name) ? node.path(name).decimalValue() : null;
  }
}
