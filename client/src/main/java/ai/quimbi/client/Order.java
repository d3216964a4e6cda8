package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An order as it is sent. `more` holds the contract's optional members (`currency`, `status`,
/// `discount_amount`, `refund_amount`, `refunds`, `channel`, `updated_at`) under their wire names.
public record Order(
    String customerId,
    String orderId,
    OffsetDateTime orderDate,
    BigDecimal totalPrice,
    List<Item> items,
    Map<String, ?> more) {

  public Order {
    Arguments.id("customerId", customerId);
    Arguments.id("orderId", orderId);
    Arguments.notNegative("totalPrice", totalPrice);
    Arguments.present("orderDate", orderDate);
    items = Arguments.list("items", items);
    more = Arguments.map("more", more);
  }

  public Order(
      String customerId,
      String orderId,
      OffsetDateTime orderDate,
      BigDecimal totalPrice,
      List<Item> items) {
    this(customerId, orderId, orderDate, totalPrice, items, Map.of());
  }

  /// One line of an order; `price` is the price of one. Name and category may be null.
  public record Item(
      String productId,
      @Nullable String productName,
      @Nullable String category,
      int quantity,
      BigDecimal price) {
    public Item {
      Arguments.text("productId", productId);
      Arguments.between("quantity", 0, 1_000_000, quantity);
      Arguments.notNegative("price", price);
    }
  }

  JsonNode json() {
    ObjectNode order = Json.object();
    order.put("customer_id", customerId);
    order.put("order_id", orderId);
    order.put("order_date", Json.time(orderDate));
    order.put("total_price", totalPrice);
    ArrayNode lines = order.putArray("items");
    for (Item item : items) {
      ObjectNode line = lines.addObject().put("product_id", item.productId());
      if (item.productName() != null) {
        line.put("product_name", item.productName());
      }
      if (item.category() != null) {
        line.put("category", item.category());
      }
      line.put("quantity", item.quantity()).put("price", item.price());
    }
    order.setAll((ObjectNode) Json.tree("more", more));
    return order;
  }
}
