package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.api.DocumentParts;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.app.imports.CsvOrders;
import ai.quimbi.server.app.imports.ImportReport;
import ai.quimbi.server.app.imports.ImportSpec;
import ai.quimbi.server.app.imports.UnreadableFile;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.jobs.JobHandler;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import ai.quimbi.server.store.jobs.Job;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntConsumer;

/// Imports a file that was sent over the API, as `./quimbi import` does one from the disk. After a
/// kill it is read again from the front: what is stored already counts as a duplicate then.
final class ImportJob implements JobHandler {
  private static final int READ_PERCENT = 90;

  private final Databases databases;
  private final Tenancy tenancy;
  private final DocumentParts parts;
  private final InstantSource clock;

  ImportJob(Databases databases, Tenancy tenancy, DocumentParts parts, InstantSource clock) {
    this.databases = databases;
    this.tenancy = tenancy;
    this.parts = parts;
    this.clock = clock;
  }

  @Override
  public Ending run(Job job, IntConsumer progress) throws IOException {
    Tenant tenant = tenancy.ofId(job.tenantId());
    JsonNode input = Wire.JSON.readTree(job.input());
    Instant now = clock.instant();
    ImportSpec spec =
        new ImportSpec(
            input.path("source").textValue(),
            new Ledger(tenant.zone(), tenant.currency()),
            now,
            input.path("strict").asBoolean());
    parts.sweep(tenant, now);
    byte[] csv = parts.whole(tenant, Kind.IMPORT, job.id(), input.path("parts").asInt());
    try (CsvOrders file = CsvOrders.open(new ByteArrayInputStream(csv), csv.length, spec)) {
      OrderImport orders = new OrderImport(databases, tenant, now);
      orders.store(file, rows -> progress.accept((int) (READ_PERCENT * file.share())));
      ImportReport report = orders.settle(file, customers -> progress.accept(READ_PERCENT));
      return new Ending.Succeeded(Wire.JSON.valueToTree(report.toMap()).toString());
    } catch (UnreadableFile unreadable) {
      Map<String, String> told = Map.of("error", String.valueOf(unreadable.getMessage()));
      return new Ending.Failed(Wire.JSON.valueToTree(told).toString());
    }
  }
}
