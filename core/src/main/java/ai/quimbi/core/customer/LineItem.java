package ai.quimbi.core.customer;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// One line of an order. `price` is per unit, in the order's currency, with up to six decimals; the
/// lines need not add up to the order's total.
public record LineItem(
    @Nullable String productId,
    @Nullable String productName,
    @Nullable String category,
    int quantity,
    BigDecimal price) {

  /// What tells products apart: the id, else the name, else nothing.
  public @Nullable String productKey() {
    return productId != null ? productId : productName;
  }
}
