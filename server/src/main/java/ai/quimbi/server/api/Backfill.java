package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.SnapshotRetention;
import ai.quimbi.core.customer.History;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.PastRows;
import ai.quimbi.server.store.events.PastRows.Due;
import ai.quimbi.server.store.events.PastRows.Past;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes up for the months before the first answer about a customer, after an import above all:
/// what the present models say of the events up to the end of each month of the last year, and of
/// each quarter before. Events that arrive later with a date of long ago have it made anew.
public final class Backfill {
  private static final int PAGE = 500;
  private static final int MOST_MONTHS = 120;
  private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

  private final Customers customers;
  private final PastRows rows;
  private final ModelShelf shelf;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  public Backfill(Customers customers, PastRows rows, ModelShelf shelf) {
    this.customers = customers;
    this.rows = rows;
    this.shelf = shelf;
  }

  /// Makes up for all that is due, and returns for how many customers. One at a time for a tenant:
  /// where one runs already, nothing is done.
  public long run(Tenant tenant, Instant now) {
    if (!running.add(tenant.id())) {
      return 0;
    }
    try {
      return catchUp(tenant, now);
    } finally {
      running.remove(tenant.id());
    }
  }

  /// The same beside the caller.
  void start(Tenant tenant, Instant now) {
    Thread.ofVirtual()
        .name("past of " + tenant.id())
        .start(
            () -> {
              try {
                run(tenant, now);
              } catch (RuntimeException e) {
                // What was made up stays; the next night goes on from there.
                LOG.warn("the past of {} broke off: {}", tenant.id(), e.getClass().getSimpleName());
              }
            });
  }

  private long catchUp(Tenant tenant, Instant now) {
    TenantModels models = shelf.of(tenant);
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    int today = ledger.dayOf(now);
    LocalDate month = LocalDate.ofEpochDay(today).withDayOfMonth(1);
    Instant before = month.atStartOfDay(ledger.zone()).toInstant();
    long done = 0;
    String after = "";
    while (true) {
      PastRows.Page looked = rows.page(tenant, before, after, PAGE);
      if (looked.last().isEmpty()) {
        return done;
      }
      after = looked.last();
      List<Due> page = looked.due();
      if (page.isEmpty()) {
        continue;
      }
      Map<String, History> histories =
          customers.histories(tenant, page.stream().map(Due::customerId).toList());
      List<Past> pasts =
          page.parallelStream()
              .flatMap(
                  due ->
                      pasts(
                          due,
                          histories.getOrDefault(
                              due.customerId(),
                              new History(due.customerId(), List.of(), List.of())),
                          models,
                          tenant,
                          today)
                          .stream())
              .toList();
      rows.put(tenant, models.version(), page, pasts);
      done += page.size();
    }
  }

  private static List<Past> pasts(
      Due due, History history, TenantModels models, Tenant tenant, int today) {
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    int end = Math.min(ledger.dayOf(due.before()), due.firstSaid().orElse(Integer.MAX_VALUE));
    int first =
        history.orders().stream()
            .mapToInt(rated -> ledger.dayOf(rated.order().orderedAt()))
            .min()
            .orElse(Integer.MAX_VALUE);
    List<Past> pasts = new ArrayList<>();
    for (int day : days(first, end, today)) {
      History known = AsOf.until(history, day, ledger);
      pasts.add(
          new Past(
              day, Scoreboard.score(due.customerId(), known.profile(ledger), models, day, tenant)));
    }
    return pasts;
  }

  // The last days of the months from `first` on that end before `end`, as the rule of retention
  // would have left them.
  private static Set<Integer> days(int first, int end, int today) {
    List<Integer> days = new ArrayList<>();
    LocalDate last = LocalDate.ofEpochDay(end).withDayOfMonth(1).minusDays(1);
    while (last.toEpochDay() >= first && days.size() < MOST_MONTHS) {
      days.add((int) last.toEpochDay());
      last = last.withDayOfMonth(1).minusDays(1);
    }
    return SnapshotRetention.kept(days, today);
  }
}
