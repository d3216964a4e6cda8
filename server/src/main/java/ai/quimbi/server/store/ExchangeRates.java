package ai.quimbi.server.store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// What foreign money was worth to a tenant, day by day: how much of the tenant's own currency one
/// unit bought.
public final class ExchangeRates {
  /// Rates come on working days; a longer gap is a missing rate.
  private static final int OLDEST_DAYS = 7;

  private final ControlDatabase control;

  ExchangeRates(ControlDatabase control) {
    this.control = control;
  }

  public record Rate(Currency currency, LocalDate day, BigDecimal rate) {
    public Rate {
      if (rate.signum() <= 0) {
        throw new IllegalArgumentException("an exchange rate is positive, was " + rate);
      }
    }
  }

  /// Sets the rates of their days, over what was there.
  public void put(String tenantId, List<Rate> rates) {
    control.inTransaction(
        handle -> {
          var batch =
              handle.prepareBatch(
                  """
                  INSERT INTO exchange_rate (tenant_id, currency, day, rate)
                  VALUES (:tenant, :currency, :day, :rate)
                  ON CONFLICT (tenant_id, currency, day) DO UPDATE SET rate = excluded.rate
                  """);
          for (Rate rate : rates) {
            batch
                .bind("tenant", tenantId)
                .bind("currency", rate.currency().getCurrencyCode())
                .bind("day", rate.day())
                .bind("rate", rate.rate())
                .add();
          }
          return batch.execute().length;
        });
  }

  /// The rate that holds on `day`: the latest one of that day or before, at most seven days old.
  public Optional<BigDecimal> on(String tenantId, Currency currency, LocalDate day) {
    return control.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT rate FROM exchange_rate
                    WHERE tenant_id = :tenant AND currency = :currency
                      AND day BETWEEN :oldest AND :day
                    ORDER BY day DESC LIMIT 1
                    """)
                .bind("tenant", tenantId)
                .bind("currency", currency.getCurrencyCode())
                .bind("oldest", day.minusDays(OLDEST_DAYS))
                .bind("day", day)
                .mapTo(BigDecimal.class)
                .findOne());
  }

  /// All of a tenant's rates, by currency and day.
  public List<Rate> of(String tenantId) {
    return control.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT currency, day, rate FROM exchange_rate
                    WHERE tenant_id = :tenant ORDER BY currency, day
                    """)
                .bind("tenant", tenantId)
                .map(
                    (row, context) ->
                        new Rate(
                            Currency.getInstance(row.getString(1)),
                            row.getObject(2, LocalDate.class),
                            row.getBigDecimal(3)))
                .list());
  }
}
