package ai.quimbi.server.store.benchmark;

import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.ControlDatabase;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one unit of a currency is worth in the benchmarks' own, as an administrator says.
@AcrossTenants("all companies are compared in one currency")
public final class BenchmarkRates {
  /// What benchmarks are told in.
  public static final Currency CURRENCY = Currency.getInstance("USD");

  private final ControlDatabase control;

  public BenchmarkRates(ControlDatabase control) {
    this.control = control;
  }

  /// Sets these rates; others stay.
  public void put(SortedMap<String, BigDecimal> rates) {
    control.inTransaction(
        handle -> {
          var batch =
              handle.prepareBatch(
                  """
                  INSERT INTO benchmark_rate (currency, rate) VALUES (?, ?)
                  ON CONFLICT (currency) DO UPDATE SET rate = excluded.rate
                  """);
          rates.forEach(batch::add);
          return batch.execute().length;
        });
  }

  public SortedMap<String, BigDecimal> all() {
    SortedMap<String, BigDecimal> rates = new TreeMap<>();
    control.read(
        handle -> {
          handle
              .createQuery("SELECT currency, rate FROM benchmark_rate")
              .map((row, context) -> rates.put(row.getString(1), row.getBigDecimal(2)))
              .list();
          return true;
        });
    return rates;
  }

  /// Empty where the administrator has not said.
  public Optional<BigDecimal> of(Currency currency) {
    return currency.equals(CURRENCY)
        ? Optional.of(BigDecimal.ONE)
        : Optional.ofNullable(all().get(currency.getCurrencyCode()));
  }
}
