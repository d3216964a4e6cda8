package ai.quimbi.server.app.forecast;

import ai.quimbi.core.forecast.Backtest;
import ai.quimbi.core.stats.Scores;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A backtest as one page with pictures: the calibration curve, purchases forecast and seen over
/// time, and the deciles. Nothing is loaded from elsewhere.
final class BacktestPage {
  private static final int SIZE = 360;
  private static final int EDGE = 40;

  private BacktestPage() {}

  static String of(BacktestReport report) {
    Backtest backtest = report.backtest();
    String title =
        "Backtest: %,d customers, %s + %d days"
            .formatted(
                backtest.rows().size(),
                LocalDate.ofEpochDay(backtest.day()),
                backtest.horizonDays());
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>%s</title>
    <style>
    body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;color:#222}
    svg{background:#fafafa;border:1px solid #ddd} table{border-collapse:collapse}
    td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #eee}
    figure{display:inline-block;margin:1rem 1rem 1rem 0} pre{background:#fafafa;padding:1rem}
    </style></head><body>
    <h1>%s</h1>
    <p>Model %s. Everything was fitted, chosen and tuned on purchases up to that day.</p>
    <figure>%s<figcaption>Calibration: how often customers with a given forecast bought.
    </figcaption></figure>
    <figure>%s<figcaption>Purchases of these customers since that day: seen (line) and forecast
    (dashes).</figcaption></figure>
    <h2>Deciles by expected purchases</h2>
    %s
    <h2>All numbers</h2>
    <pre>%s</pre>
    </body></html>
    """
        .formatted(
            title,
            title,
            backtest.model().purchases().family().label(),
            calibration(backtest.calibration()),
            tracking(report),
            deciles(backtest),
            escaped(report.toText()));
  }

  // A peer is called as somebody's file is.
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String calibration(List<Scores.Bin> bins) {
    StringBuilder svg = new StringBuilder(frame("forecast probability", "bought", 1, 1));
    svg.append(line(0, 0, 1, 1, "#bbb"));
    StringBuilder path = new StringBuilder();
    for (Scores.Bin bin : bins) {
      path.append(point(bin.meanProbability(), bin.frequency())).append(' ');
      svg.append(
          "<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"#06c\"/>"
              .formatted(x(bin.meanProbability()), y(bin.frequency())));
    }
    return svg.append(polyline(path.toString(), "#06c", "")).append("</svg>").toString();
  }

  private static String tracking(BacktestReport report) {
    Backtest backtest = report.backtest();
    int day = backtest.day();
    int horizon = backtest.horizonDays();
    TreeMap<Integer, Integer> seen = new TreeMap<>();
    for (TreeMap<Integer, Double> days : report.purchases().byCustomer().values()) {
      if (days.firstKey() <= day) {
        for (int purchase : days.subMap(day + 1, day + horizon + 1).keySet()) {
          seen.merge(purchase - day, 1, Integer::sum);
        }
      }
    }
    int points = Math.min(horizon, 26);
    double[] forecast = backtest.cumulativeOrders(points);
    double actual = seen.values().stream().mapToInt(Integer::intValue).sum();
    double top = Math.max(1, Math.max(actual, forecast[points - 1]));
    StringBuilder dashes = new StringBuilder(point(0, 0)).append(' ');
    for (int i = 0; i < points; i++) {
      dashes.append(point((i + 1.0) / points, forecast[i] / top)).append(' ');
    }
    StringBuilder path = new StringBuilder(point(0, 0)).append(' ');
    double sum = 0;
    for (Map.Entry<Integer, Integer> entry : seen.entrySet()) {
      sum += entry.getValue();
      path.append(point((double) entry.getKey() / horizon, sum / top)).append(' ');
    }
    return frame("days", "purchases", horizon, top)
        + polyline(path.toString(), "#222", "")
        + polyline(dashes.toString(), "#06c", " stroke-dasharray=\"6 4\"")
        + "</svg>";
  }

  private static String deciles(Backtest backtest) {
    double[] expected = backtest.column(Backtest.Row::expectedOrders);
    int[] order = Scores.order(expected);
    StringBuilder rows =
        new StringBuilder(
            "<table><tr><th>decile</th><th>customers</th><th>forecast purchases</th>"
                + "<th>seen</th><th>forecast buyers</th><th>seen</th></tr>");
    for (int decile = 9; decile >= 0; decile--) {
      int from = order.length * decile / 10;
      int to = order.length * (decile + 1) / 10;
      double orders = 0;
      double seen = 0;
      double buyers = 0;
      double bought = 0;
      for (int i = from; i < to; i++) {
        Backtest.Row row = backtest.rows().get(order[i]);
        orders += row.expectedOrders();
        seen += row.orders();
        buyers += row.pPurchase();
        bought += row.orders() > 0 ? 1 : 0;
      }
      rows.append(
          "<tr><td>%d</td><td>%d</td><td>%.1f</td><td>%.0f</td><td>%.1f</td><td>%.0f</td></tr>"
              .formatted(10 - decile, to - from, orders, seen, buyers, bought));
    }
    return rows.append("</table>").toString();
  }

  private static String frame(String across, String up, double right, double top) {
    return """
    <svg width="%1$d" height="%1$d" viewBox="0 0 %1$d %1$d" role="img" font-size="11">\
    %2$s%3$s<text x="%4$d" y="%5$d" text-anchor="end">%6$s</text>\
    <text x="%7$d" y="16">%8$s</text><text x="%7$d" y="%9$d">0</text>\
    """
        .formatted(
            SIZE,
            line(0, 0, 1, 0, "#444"),
            line(0, 0, 0, 1, "#444"),
            SIZE - 8,
            SIZE - 10,
            across + ", to " + plain(right),
            8,
            up + ", to " + plain(top),
            SIZE - EDGE + 14);
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String line(double x1, double y1, double x2, double y2, String colour) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>"
        .formatted(x(x1), y(y1), x(x2), y(y2), colour);
  }

  private static String polyline(String points, String colour, String more) {
    return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s points=\"%s\"/>"
        .formatted(colour, more, points.strip());
  }

  private static String point(double x, double y) {
    return x(x) + "," + y(y);
  }

  private static String x(double share) {
    return String.format(Locale.ROOT, "%.1f", EDGE + share * (SIZE - EDGE - 20));
  }

  private static String y(double share) {
    return String.format(Locale.ROOT, "%.1f", SIZE - EDGE - share * (SIZE - EDGE - 30));
  }
}
