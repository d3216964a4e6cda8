package ai.quimbi.server.app.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.quimbi.core.customer.Ledger;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;

/// Prints how many rows a second are read, of files with and without order ids and lines; not a
/// test.
final class CsvOrdersRate {
  private static final int ROWS = 500_000;

  private CsvOrdersRate() {}

  public static void main(String[] args) throws Exception {
    StringBuilder plain = new StringBuilder("customer_id,date,amount\n");
    StringBuilder told =
        new StringBuilder("order_id,customer_id,date,total,product_id,category,quantity,price\n");
    for (int i = 0; i < ROWS; i++) {
      String customer = "cust_" + i % 50_000;
      String day = String.format(Locale.ROOT, "2024-%02d-%02d", 1 + i % 12, 1 + i / 12 % 28);
      plain.append(customer).append(',').append(day).append(",12.50\n");
      int order = i / 2;
      told.append("order_" + order + ",cust_" + order % 50_000 + ',' + "2024-03-15T10:20:30Z")
          .append(",25.00,prod_" + i % 150 + ",notions,1,12.50\n");
    }
    byte[] plainFile = plain.toString().getBytes(UTF_8);
    byte[] toldFile = told.toString().getBytes(UTF_8);
    for (int round = 0; round < 4; round++) {
      show("customer,date,amount", plainFile);
      show("orders of two lines", toldFile);
    }
  }

  private static void show(String name, byte[] file) throws Exception {
    ImportSpec spec =
        new ImportSpec(
            "rate",
            new Ledger(ZoneOffset.UTC, Currency.getInstance("USD")),
            Instant.parse("2026-01-01T00:00:00Z"),
            false);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long startCpu = threads.getCurrentThreadCpuTime();
    try (CsvOrders orders = CsvOrders.open(new ByteArrayInputStream(file), file.length, spec)) {
      while (orders.hasNext()) {
        orders.next();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpu = (threads.getCurrentThreadCpuTime() - startCpu) / 1e9;
      ImportReport report = orders.report();
      System.out.printf(
          Locale.ROOT,
          "%-22s %,d rows, %,d orders, %,d refused: %,.0f rows/s, %,.0f per CPU second%n",
          name,
          report.rows(),
          report.orders(),
          report.rejectedRows(),
          report.rows() / seconds,
          report.rows() / cpu);
    }
  }
}
