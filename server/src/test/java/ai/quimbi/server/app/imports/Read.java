package ai.quimbi.server.app.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Order;
import ai.quimbi.server.app.imports.RowResult.Accepted;
import ai.quimbi.server.app.imports.RowResult.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/// A file of orders as it was read: every row's result, and the report.
record Read(List<RowResult> results, ImportReport report) {
  static final ImportSpec SPEC =
      new ImportSpec(
          "shop",
          new Ledger(ZoneId.of("America/New_York"), Currency.getInstance("USD")),
          Instant.parse("2026-11-21T12:00:00Z"),
          false);

  static Read of(CsvOrders file) throws IOException {
    try (file) {
      List<RowResult> results = new ArrayList<>();
      file.forEachRemaining(results::add);
      return new Read(results, file.report());
    }
  }

  static Read of(byte[] file) throws IOException, UnreadableFile {
    return of(CsvOrders.open(stream(file), file.length, SPEC));
  }

  static Read of(String file) throws IOException, UnreadableFile {
    return of(file.getBytes(UTF_8));
  }

  static Read quietlyOf(String file) {
    try {
      return of(file);
    } catch (IOException | UnreadableFile e) {
      throw new AssertionError(e);
    }
  }

  static ByteArrayInputStream stream(byte[] file) {
    return new ByteArrayInputStream(file);
  }

  List<Order> orders() {
    return results.stream()
        .filter(Accepted.class::isInstance)
        .map(result -> ((Accepted) result).order())
        .toList();
  }

  List<Rejected> refusals() {
    return results.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast).toList();
  }

  Order order() {
    assertEquals(1, orders().size(), () -> refusals().toString());
    return orders().getFirst();
  }
}
