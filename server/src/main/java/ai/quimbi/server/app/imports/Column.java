package ai.quimbi.server.app.imports;

import java.util.List;

/// What a column may mean, and the names it goes by, best first.
enum Column {
  CUSTOMER("customer_id", "customer", "cust_id", "client_id", "user_id"),
  DATE(
      "date",
      "order_date",
      "created_at",
      "ordered_at",
      "purchase_date",
      "transaction_date",
      "invoice_date",
      "timestamp"),
  AMOUNT("amount", "total_price", "total", "spend", "order_total", "total_amount", "revenue"),
  ORDER("order_id", "transaction_id", "order_number", "invoice_id", "id"),
  CURRENCY("currency", "currency_code"),
  STATUS("status", "order_status", "financial_status"),
  DISCOUNT("discount_amount", "discount", "total_discount", "total_discounts"),
  REFUND("refund_amount", "refunded_amount", "refund", "total_refunded"),
  CHANNEL("channel", "sales_channel"),
  PRODUCT_ID("product_id", "sku"),
  PRODUCT_NAME("product_name", "product", "item_name"),
  CATEGORY("category", "product_category", "product_type"),
  QUANTITY("quantity", "qty", "units"),
  PRICE("price", "unit_price", "item_price"),
  SOURCE("source"),
  UPDATED("updated_at", "modified_at");

  // List.of cannot be changed; the check does not know it.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> names;

  Column(String... names) {
    this.names = List.of(names);
  }

  List<String> names() {
    return names;
  }

  String bestName() {
    return names.getFirst();
  }

  /// Whether it tells of one line of an order, so that it may differ between the order's rows.
  boolean isOfLine() {
    return switch (this) {
      case PRODUCT_ID, PRODUCT_NAME, CATEGORY, QUANTITY, PRICE -> true;
      case CUSTOMER,
          DATE,
          AMOUNT,
          ORDER,
          CURRENCY,
          STATUS,
          DISCOUNT,
          REFUND,
          CHANNEL,
          SOURCE,
          UPDATED ->
          false;
    };
  }
}
