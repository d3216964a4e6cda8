package ai.quimbi.server.app.demo;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.app.Progress;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Ingestion;
import ai.quimbi.server.store.events.Interactions;
import ai.quimbi.server.store.events.OnError;
import ai.quimbi.server.store.events.Orders;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Brings the demo's companies into the store by the same way that callers' events take, once a
/// data folder. A company whose load was broken off is loaded anew.
public final class DemoData {
  public static final String TENANT = "demo";
  private static final long SEED = 1;
  private static final int BATCH = 500;

  private final Databases databases;
  private final Refit refit;
  private final InstantSource clock;

  public DemoData(Databases databases, Refit refit, InstantSource clock) {
    this.databases = databases;
    this.refit = refit;
    this.clock = clock;
  }

  public void loadOnce(boolean isQuiet) {
    List<DemoCompany> companies = new ArrayList<>();
    companies.add(DemoCompany.shop());
    companies.addAll(DemoCompany.peers());
    List<DemoCompany> missing = companies.stream().filter(this::isUnfinished).toList();
    if (missing.isEmpty()) {
      return;
    }
    List<DemoHistory> histories = missing.stream().map(this::historyOf).toList();
    long total = histories.stream().mapToLong(DemoHistory::orders).sum();
    try (Progress progress = Progress.of(isQuiet, "Loading the demo", "orders")) {
      long done = 0;
      for (DemoHistory history : histories) {
        done = load(history, done, total, progress);
      }
    }
  }

  // The fit is the last thing that is done for a company.
  private boolean isUnfinished(DemoCompany company) {
    return databases
        .tenants()
        .find(company.tenant().id())
        .map(tenant -> !refit.isFitted(tenant))
        .orElse(true);
  }

  private DemoHistory historyOf(DemoCompany company) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), company.tenant().zone());
    return DemoHistory.of(company, SEED, today);
  }

  private long load(DemoHistory history, long before, long total, Progress progress) {
    Tenant tenant = history.company().tenant();
    if (databases.tenants().find(tenant.id()).isPresent()
        && new Customers(databases).counts(tenant).orders() > 0) {
      // Broken off, perhaps on another day, when the story was another.
      databases.tenants().delete(tenant.id());
    }
    databases.tenants().create(tenant);
    Orders orders = new Orders(databases);
    Interactions interactions = new Interactions(databases);
    long done = before;
    for (Iterator<Batch> batches = history.batches(BATCH); batches.hasNext(); ) {
      Batch batch = batches.next();
      Instant now = clock.instant();
      stored(orders.ingest(tenant, batch.orders(), now, OnError.REFUSE_ALL, RateLookup.NONE));
      stored(
          interactions.ingest(
              tenant,
              batch.contacts().stream().map(DemoData::withMetadata).toList(),
              now,
              OnError.REFUSE_ALL));
      done += batch.orders().size();
      progress.at(done, total);
    }
    refit.now(tenant);
    return done;
  }

  private static void stored(Ingestion outcome) {
    if (outcome instanceof Ingestion.Refused refused) {
      throw new IllegalStateException("the demo's own events were refused: " + refused.faults());
    }
  }

  private static Interaction withMetadata(Contact contact) {
    Interaction told = contact.interaction();
    try {
      return new Interaction(
          told.source(),
          told.identity(),
          told.customerId(),
          told.type(),
          told.channel(),
          told.at(),
          Wire.JSON.writeValueAsString(contact.metadata()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the demo's metadata cannot be written", e);
    }
  }
}
