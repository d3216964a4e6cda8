package ai.quimbi.server.app.forecast;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Customers as the models' literature sums them up: `frequency` repeat purchases, the last one
/// `recency` after the first, watched for `T`, worth `monetaryValue` on average (0: unknown).
final class Summaries {
  private final int[] frequency;
  private final double[] recency;
  private final double[] age;
  private final double[] monetaryValue;
  private final boolean haveAmounts;

  private Summaries(List<double[]> rows, boolean haveAmounts) {
    frequency = rows.stream().mapToInt(row -> (int) row[0]).toArray();
    recency = rows.stream().mapToDouble(row -> row[1]).toArray();
    age = rows.stream().mapToDouble(row -> row[2]).toArray();
    monetaryValue = rows.stream().mapToDouble(row -> row[3]).toArray();
    this.haveAmounts = haveAmounts;
  }

  /// Reads `customer_id,frequency,recency,T[,monetary_value]`, in whatever unit of time the file
  /// uses.
  static Summaries read(Path file) throws IOException {
    List<double[]> rows = new java.util.ArrayList<>();
    Table.Columns columns =
        Table.read(
            file,
            List.of("customer_id", "frequency", "recency", "T"),
            row -> rows.add(checked(row)));
    if (rows.isEmpty()) {
      throw new FileFault(file + " has a header but no customers");
    }
    return new Summaries(rows, columns.has("monetary_value"));
  }

  private static double[] checked(Table.Row row) {
    row.text("customer_id");
    double x = row.number("frequency");
    double recency = row.number("recency");
    double age = row.number("T");
    if (x < 0 || x != Math.rint(x) || x > 1e9) {
      throw FileFault.at(row.line(), "frequency is a whole number from 0 on, not " + x);
    }
    if (recency < 0 || age < recency) {
      throw FileFault.at(row.line(), "0 <= recency <= T does not hold: " + recency + ", " + age);
    }
    if (x == 0 && recency > 0) {
      throw FileFault.at(row.line(), "without repeat purchases recency is 0, not " + recency);
    }
    double value = row.columns().has("monetary_value") ? row.number("monetary_value") : 0;
    if (value < 0) {
      throw FileFault.at(row.line(), "monetary_value is negative: " + value);
    }
    return new double[] {x, recency, age, value};
  }

  /// The customers of `purchases` first seen by `end`, as they stood then, in units of `unitDays`.
  static Summaries of(Purchases purchases, int end, int unitDays) {
    List<double[]> rows = new java.util.ArrayList<>();
    for (Map.Entry<String, TreeMap<Integer, Double>> customer : purchases.byCustomer().entrySet()) {
      Map<Integer, Double> known = customer.getValue().headMap(end, true);
      if (known.isEmpty()) {
        continue;
      }
      int first = customer.getValue().firstKey();
      int last = first;
      double repeat = 0;
      for (Map.Entry<Integer, Double> day : known.entrySet()) {
        last = day.getKey();
        repeat += last == first ? 0 : day.getValue();
      }
      int x = known.size() - 1;
      rows.add(
          new double[] {
            x,
            (double) (last - first) / unitDays,
            (double) (end - first) / unitDays,
            x == 0 ? 0 : repeat / x
          });
    }
    if (rows.isEmpty()) {
      throw new FileFault("nobody had bought by the end of the calibration period");
    }
    return new Summaries(rows, purchases.haveAmounts());
  }

  int size() {
    return frequency.length;
  }

  int[] frequency() {
    return frequency.clone();
  }

  double[] recency() {
    return recency.clone();
  }

  double[] age() {
    return age.clone();
  }

  double[] monetaryValue() {
    return monetaryValue.clone();
  }

  boolean haveAmounts() {
    return haveAmounts;
  }
}
