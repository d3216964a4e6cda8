package ai.quimbi.server.app.demo;

import java.time.LocalDate;
import java.util.Iterator;
import java.util.Locale;

/// Prints what the demo's companies hold and how long making them takes; not a test.
final class DemoSummary {
  private DemoSummary() {}

  public static void main(String[] args) {
    show(DemoCompany.shop());
    DemoCompany.peers().forEach(DemoSummary::show);
  }

  private static void show(DemoCompany company) {
    long start = System.nanoTime();
    LocalDate today = LocalDate.of(2026, 11, 21);
    DemoHistory history = DemoHistory.of(company, 1, today);
    int contacts = 0;
    double spent = 0;
    for (Iterator<Batch> each = history.batches(500); each.hasNext(); ) {
      Batch batch = each.next();
      contacts += batch.contacts().size();
      spent += batch.orders().stream().mapToDouble(o -> o.total().doubleValue()).sum();
    }
    long alive =
        history.truths().stream().filter(t -> t.isAliveOn((int) today.toEpochDay())).count();
    System.out.printf(
        Locale.ROOT,
        "%-8s %,d customers (%,d alive), %,d orders of %.2f %s, %,d contacts, %d ms%n",
        company.tenant().id(),
        company.customers(),
        alive,
        history.orders(),
        spent / history.orders(),
        company.tenant().currency(),
        contacts,
        (System.nanoTime() - start) / 1_000_000);
  }
}
