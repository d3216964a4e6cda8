package ai.quimbi.server.api;

import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// The facts of the purchase history. `daysSinceLastPurchase` is `null` for a customer without
/// orders: the one null that the contract allows.
record Metrics(
    BigDecimal lifetimeValue,
    long totalOrders,
    BigDecimal avgOrderValue,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Integer daysSinceLastPurchase,
    int customerTenureDays) {

  static Metrics of(Subject subject) {
    Profile profile = subject.profile();
    Ledger ledger = subject.ledger();
    BigDecimal value = ledger.amountOf(profile.netMinor());
    long orders = profile.orders();
    BigDecimal average =
        orders == 0
            ? ledger.amountOf(0)
            : value.divide(BigDecimal.valueOf(orders), ledger.scale(), RoundingMode.HALF_EVEN);
    if (profile.purchaseDays().isEmpty()) {
      return new Metrics(value, orders, average, null, 0);
    }
    // An order may be dated up to a day ahead; nobody bought in the future.
    int sinceLast = Math.max(0, subject.today() - profile.purchaseDays().getLast().day());
    int tenure = Math.max(0, subject.today() - profile.purchaseDays().getFirst().day());
    return new Metrics(value, orders, average, sinceLast, tenure);
  }
}
