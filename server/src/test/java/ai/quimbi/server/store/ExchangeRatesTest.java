package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.quimbi.server.store.ExchangeRates.Rate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeRatesTest {
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

  private final ExchangeRates rates = TestDatabase.databases().rates();

  private static Rate rate(LocalDate day, String rate) {
    return new Rate(EUR, day, new BigDecimal(rate));
  }

  @Test
  void the_rate_of_a_day_is_its_own_or_the_latest_of_the_seven_days_before() {
    String tenant = TestDatabase.freshTenant();
    rates.put(tenant, List.of(rate(FRIDAY, "1.0842"), rate(FRIDAY.plusDays(3), "1.0911")));

    assertEquals(Optional.empty(), rates.on(tenant, EUR, FRIDAY.minusDays(1)));
    assertEquals(Optional.of(new BigDecimal("1.0842")), rates.on(tenant, EUR, FRIDAY));
    assertEquals(Optional.of(new BigDecimal("1.0842")), rates.on(tenant, EUR, FRIDAY.plusDays(2)));
    assertEquals(Optional.of(new BigDecimal("1.0911")), rates.on(tenant, EUR, FRIDAY.plusDays(10)));
    assertEquals(Optional.empty(), rates.on(tenant, EUR, FRIDAY.plusDays(11)));
  }

  @Test
  void a_rate_set_again_replaces_the_old_one() {
    String tenant = TestDatabase.freshTenant();
    rates.put(tenant, List.of(rate(FRIDAY, "1.0842")));
    rates.put(tenant, List.of(rate(FRIDAY, "1.0850")));

    assertEquals(List.of(rate(FRIDAY, "1.0850")), rates.of(tenant));
  }

  @Test
  void another_tenants_rates_are_not_ours() {
    String tenant = TestDatabase.freshTenant();
    rates.put(TestDatabase.freshTenant(), List.of(rate(FRIDAY, "1.0842")));

    assertEquals(Optional.empty(), rates.on(tenant, EUR, FRIDAY));
  }

  @Test
  void a_rate_is_positive() {
    assertThrows(IllegalArgumentException.class, () -> rate(FRIDAY, "0"));
  }
}
