package ai.quimbi.server.app.forecast;

import ai.quimbi.core.forecast.Backtest;
import ai.quimbi.core.forecast.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Forecasts that somebody else made of the same customers, named by the file they stand in.
record PeerFile(String name, Path file, Map<String, Forecast> byCustomer) {
  private static final String CUSTOMER = "customer_id";
  private static final String ORDERS = "expected_orders";
  private static final String PURCHASE = "p_purchase";

  PeerFile {
    byCustomer = Map.copyOf(byCustomer);
  }

  record Forecast(double expectedOrders, double pPurchase) {}

  /// Reads `customer_id,expected_orders,p_purchase`; other columns do not matter.
  static PeerFile read(Path file) throws IOException {
    Map<String, Forecast> byCustomer = new HashMap<>();
    Table.read(
        file,
        List.of(CUSTOMER, ORDERS, PURCHASE),
        row -> {
          String customer = row.text(CUSTOMER);
          if (byCustomer.put(customer, forecast(row)) != null) {
            throw FileFault.at(row.line(), "customer '" + customer + "' stands here a second time");
          }
        });
    String name = String.valueOf(file.getFileName());
    return new PeerFile(
        name.endsWith(".csv") ? name.substring(0, name.length() - 4) : name, file, byCustomer);
  }

  private static Forecast forecast(Table.Row row) {
    double orders = row.number(ORDERS);
    double probability = row.number(PURCHASE);
    if (orders < 0) {
      throw FileFault.at(row.line(), ORDERS + " is negative: " + orders);
    }
    if (probability < 0 || probability > 1) {
      throw FileFault.at(row.line(), PURCHASE + " is from 0 to 1, not " + probability);
    }
    return new Forecast(orders, probability);
  }

  /// In the backtest's order. Customers it does not know are left aside; one that the file does
  /// not know is a fault, since a comparison is fair only over the same customers.
  Peers.Forecasts of(Backtest backtest) {
    List<Backtest.Row> rows = backtest.rows();
    double[] orders = new double[rows.size()];
    double[] probability = new double[rows.size()];
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < orders.length; i++) {
      Forecast forecast = byCustomer.get(rows.get(i).customerId());
      if (forecast == null) {
        missing.add(rows.get(i).customerId());
      } else {
        orders[i] = forecast.expectedOrders();
        probability[i] = forecast.pPurchase();
      }
    }
    if (!missing.isEmpty()) {
      throw new FileFault(
          "%s has no forecast for %,d of the %,d customers, the first of them '%s'"
              .formatted(file, missing.size(), rows.size(), missing.getFirst()));
    }
    return new Peers.Forecasts(name, orders, probability);
  }
}
