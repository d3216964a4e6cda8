package ai.quimbi.server.api;

import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Order.Status;
import ai.quimbi.core.customer.Profile;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The three customers every tenant has for trying the API out. They are stored nowhere and count
/// nowhere; their dates follow the clock, so what is said of them stays true.
public final class SampleCustomers {
  public static final String HIGH_LTV = "test_customer_high_ltv";
  public static final String LOW_LTV = "test_customer_low_ltv";
  public static final String NEW = "test_customer_new";
  public static final Set<String> IDS = Set.of(HIGH_LTV, LOW_LTV, NEW);

  private static final List<String> CATEGORIES = List.of("fabric", "batting", "thread", "kits");

  private SampleCustomers() {}

  /// The profile on `today` (an epoch day in the ledger's zone); empty for any other id.
  public static Optional<Profile> profile(String customerId, Ledger ledger, int today) {
    return switch (customerId) {
      case HIGH_LTV -> Optional.of(regular(ledger, today));
      case LOW_LTV -> Optional.of(lapsed(ledger, today));
      case NEW -> Optional.of(Profile.EMPTY);
      default -> Optional.empty();
    };
  }

  /// Thirty-six orders, one every three weeks, the last six days ago; one in nine reduced.
  private static Profile regular(Ledger ledger, int today) {
    Profile profile = Profile.EMPTY;
    for (int i = 0; i < 36; i++) {
      int day = today - 6 - 21 * i + i % 3;
      profile = profile.plus(order(HIGH_LTV, i, day, 120 + i * 7 % 60, i % 9 == 4, ledger));
    }
    return profile;
  }

  /// Two small orders long ago, both reduced.
  private static Profile lapsed(Ledger ledger, int today) {
    return order(LOW_LTV, 0, today - 560, 18, true, ledger)
        .plus(order(LOW_LTV, 1, today - 430, 14, true, ledger));
  }

  private static Profile order(
      String customerId, int number, int day, int amount, boolean isReduced, Ledger ledger) {
    Instant noon = LocalDate.ofEpochDay(day).atTime(12, 0).atZone(ledger.zone()).toInstant();
    BigDecimal total = BigDecimal.valueOf(amount);
    BigDecimal discount = BigDecimal.valueOf(isReduced ? amount / 8 : 0);
    String category = CATEGORIES.get(number % CATEGORIES.size());
    LineItem item =
        new LineItem("sample_" + category, "Sample " + category, category, 1, total.add(discount));
    Order order =
        new Order(
            "sample",
            customerId + '_' + number,
            customerId,
            noon,
            ledger.currency().getCurrencyCode(),
            total,
            Status.PAID,
            true,
            discount,
            null,
            List.of(),
            "web",
            List.of(item),
            null);
    return Profile.of(order, ledger, BigDecimal.ONE);
  }
}
