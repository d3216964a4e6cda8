package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order a message may speak of. `shipments` is how many parcels it travels in, `null` when
/// nobody said.
public record OrderFact(
    String orderId,
    @Nullable LocalDate orderedOn,
    @Nullable String status,
    @Nullable BigDecimal total,
    @Nullable Integer shipments,
    List<String> products) {

  public OrderFact {
    products = List.copyOf(products);
  }
}
