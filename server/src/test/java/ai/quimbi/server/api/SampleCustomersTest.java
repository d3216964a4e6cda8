package ai.quimbi.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleCustomersTest {
  private static final Ledger NEW_YORK =
      new Ledger(ZoneId.of("America/New_York"), Currency.getInstance("USD"));

  @Test
  void the_good_customer_bought_lately_and_the_lapsed_one_long_ago_on_any_day() {
    for (int today = 20_000; today < 21_000; today += 37) {
      Profile high = profile(SampleCustomers.HIGH_LTV, today);
      Profile low = profile(SampleCustomers.LOW_LTV, today);

      assertEquals(today - 6, high.lastPurchaseDay().orElseThrow());
      assertEquals(36, high.orders());
      assertEquals(today - 430, low.lastPurchaseDay().orElseThrow());
      assertEquals(2, low.orders());
      assertTrue(high.netMinor() > 100 * low.netMinor());
    }
  }

  @Test
  void their_dates_follow_the_clock_and_nothing_else_changes() {
    List<Integer> before = days(profile(SampleCustomers.HIGH_LTV, 20_000));
    List<Integer> after = days(profile(SampleCustomers.HIGH_LTV, 20_123));

    assertEquals(before.stream().map(day -> day + 123).toList(), after);
  }

  @Test
  void the_new_one_has_bought_nothing_and_other_ids_are_nobody() {
    assertTrue(profile(SampleCustomers.NEW, 20_000).isEmpty());
    assertTrue(SampleCustomers.profile("cust_12345", NEW_YORK, 20_000).isEmpty());
  }

  @Test
  void they_exist_in_a_currency_without_decimals_too() {
    Ledger tokyo = new Ledger(ZoneId.of("Asia/Tokyo"), Currency.getInstance("JPY"));

    Profile high = SampleCustomers.profile(SampleCustomers.HIGH_LTV, tokyo, 20_000).orElseThrow();

    assertEquals(36, high.orders());
  }

  private static Profile profile(String id, int today) {
    return SampleCustomers.profile(id, NEW_YORK, today).orElseThrow();
  }

  private static List<Integer> days(Profile profile) {
    return profile.purchaseDays().stream().map(PurchaseDay::day).toList();
  }
}
