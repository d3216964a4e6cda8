package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;

/// How a tenant counts: its zone decides the day, its currency the minor unit (`scale` decimals).
public record Ledger(ZoneId zone, Currency currency) {

  public int scale() {
    return Math.max(0, currency.getDefaultFractionDigits());
  }

  /// The epoch day on which `at` falls here.
  public int dayOf(Instant at) {
    return Math.toIntExact(at.atZone(zone).toLocalDate().toEpochDay());
  }

  /// `amount`, already in this currency, in whole minor units; halves go to even.
  public long minorOf(BigDecimal amount) {
    return amount.setScale(scale(), RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
  }

  /// `amount` of another currency at `rate` units of this currency for one of the other.
  public long minorOf(BigDecimal amount, BigDecimal rate) {
    return minorOf(rate.compareTo(BigDecimal.ONE) == 0 ? amount : amount.multiply(rate));
  }

  public BigDecimal amountOf(long minor) {
    return BigDecimal.valueOf(minor, scale());
  }
}
