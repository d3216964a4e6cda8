package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Fault;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.api.AfterImport;
import ai.quimbi.server.api.Rates;
import ai.quimbi.server.app.imports.CsvOrders;
import ai.quimbi.server.app.imports.ImportReport;
import ai.quimbi.server.app.imports.RowResult.Accepted;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Imports;
import ai.quimbi.server.store.events.Ingestion;
import ai.quimbi.server.store.events.RowResult;
import ai.quimbi.server.store.jobs.Jobs;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/// Orders of a file into a tenant's database: chunk by chunk, then the profiles of all customers
/// that were met. Chunks commit, and an order that is stored already changes nothing, so whatever
/// is cut short is done by doing it again. What is new is scored, and the models refitted where it
/// is much, by the next server that looks for jobs.
final class OrderImport {
  private static final int CHUNK = 10_000;

  private final Imports imports;
  private final Jobs jobs;
  private final RateLookup rates;
  private final Tenant tenant;
  private final Instant now;
  private final Deque<List<Accepted>> reading = new ArrayDeque<>();
  private long rows;
  private long changed;
  private long duplicates;

  OrderImport(Databases databases, Tenant tenant, Instant now) {
    this.imports = new Imports(databases);
    this.jobs = new Jobs(databases.control());
    this.rates = new Rates(databases.rates()).of(tenant);
    this.tenant = tenant;
    this.now = now;
  }

  /// One chunk is stored while the next is read; what each came to is heard on this thread.
  void store(CsvOrders file, LongConsumer rowsDone) {
    imports.chunks(
        tenant,
        chunksOf(file),
        now,
        rates,
        chunk -> {
          Ingestion.Done outcome = chunk.outcome();
          rows += outcome.rows().size();
          changed += outcome.ingested();
          duplicates += outcome.duplicates();
          tellRefused(outcome, reading.removeFirst(), file);
          rowsDone.accept(rows);
        });
  }

  /// Adds up the customers' profiles, and reports.
  ImportReport settle(CsvOrders file, LongConsumer customersDone) {
    long customers = imports.settle(tenant, now, customersDone);
    if (changed > 0 || customers > 0) {
      AfterImport.queue(jobs, tenant.id(), changed, now);
    }
    return file.report().withStored(new ImportReport.Stored(changed, duplicates, customers));
  }

  private Iterator<List<Order>> chunksOf(CsvOrders file) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return file.hasNext();
      }

      @Override
      public List<Order> next() {
        List<Accepted> chunk = new ArrayList<>(CHUNK);
        while (chunk.size() < CHUNK && file.hasNext()) {
          if (file.next() instanceof Accepted accepted) {
            chunk.add(accepted);
          }
        }
        reading.addLast(chunk);
        return chunk.stream().map(Accepted::order).toList();
      }
    };
  }

  // Rows that read well but break a rule that only the store can know, such as a missing rate.
  private static void tellRefused(Ingestion.Done outcome, List<Accepted> chunk, CsvOrders file) {
    for (int i = 0; i < chunk.size(); i++) {
      if (outcome.rows().get(i) instanceof RowResult.Rejected rejected) {
        Fault fault = rejected.faults().getFirst();
        file.refuse(chunk.get(i), fault.path(), fault.message());
      }
    }
  }
}
