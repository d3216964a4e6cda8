package ai.quimbi.core.benchmark;

/// Whether a company is large and old enough to be counted: few customers are told apart too
/// easily, and a short history says little.
public record Eligibility(long customersWithOrders, int days) {
  public static final int LEAST_CUSTOMERS = 100;
  public static final int LEAST_DAYS = 180;

  /// `days` since the first order.
  public Eligibility {
    if (customersWithOrders < 0 || days < 0) {
      throw new IllegalArgumentException("there are no fewer than none");
    }
  }

  public boolean isMet() {
    return customersWithOrders >= LEAST_CUSTOMERS && days >= LEAST_DAYS;
  }
}
