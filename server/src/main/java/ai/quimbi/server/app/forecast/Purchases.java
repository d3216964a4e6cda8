package ai.quimbi.server.app.forecast;

import ai.quimbi.core.forecast.Panel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Transactions from a file: each customer's purchase days with what was spent on them. Purchases
/// of one day count as one.
record Purchases(Map<String, TreeMap<Integer, Double>> byCustomer, boolean haveAmounts) {

  /// Reads `customer_id,date[,amount]`. Dates later than `today` are refused; an amount of zero is
  /// a purchase without value; amounts below zero are refused, since it is unclear which purchase
  /// they take back.
  static Purchases read(Path file, LocalDate today) throws IOException {
    Map<String, TreeMap<Integer, Double>> byCustomer = new TreeMap<>();
    Table.Columns columns =
        Table.read(
            file,
            List.of("customer_id", "date"),
            row -> {
              String customer = row.text("customer_id");
              int day = day(row, today);
              double amount = row.columns().has("amount") ? amount(row) : 0;
              byCustomer
                  .computeIfAbsent(customer, id -> new TreeMap<>())
                  .merge(day, amount, Double::sum);
            });
    if (byCustomer.isEmpty()) {
      throw new FileFault(file + " has a header but no purchases");
    }
    return new Purchases(byCustomer, columns.has("amount"));
  }

  private static int day(Table.Row row, LocalDate today) {
    String text = row.text("date");
    try {
      // A time of day, if there is one, is cut off: the file's own zone decides the day.
      LocalDate date = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      if (date.isAfter(today)) {
        throw FileFault.at(row.line(), "the date " + text + " is in the future");
      }
      return (int) date.toEpochDay();
    } catch (DateTimeParseException e) {
      throw FileFault.at(row.line(), "not a date like 2026-01-31: '" + text + "'");
    }
  }

  private static double amount(Table.Row row) {
    double amount = row.number("amount");
    if (amount < 0) {
      throw FileFault.at(
          row.line(), "the amount " + amount + " is negative: state purchases net of refunds");
    }
    return amount;
  }

  int lastDay() {
    return byCustomer.values().stream().mapToInt(TreeMap::lastKey).max().orElseThrow();
  }

  int firstDay() {
    return byCustomer.values().stream().mapToInt(TreeMap::firstKey).min().orElseThrow();
  }

  /// In columns, with amounts in hundredths.
  Panel panel() {
    Panel.Builder panel = Panel.builder();
    byCustomer.forEach(
        (id, days) ->
            panel.add(
                id,
                days.keySet().stream().mapToInt(Integer::intValue).toArray(),
                days.values().stream().mapToDouble(amount -> 100 * amount).toArray()));
    return panel.build();
  }
}
