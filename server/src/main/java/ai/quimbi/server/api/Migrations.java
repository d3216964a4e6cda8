package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.behaviour.Behaviour;
import ai.quimbi.core.behaviour.Migration;
import ai.quimbi.core.customer.History;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.PastRows;
import ai.quimbi.server.store.events.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a tenant's customers moved between archetypes: from the snapshots of either day, and for
/// customers of whom none is kept from their events up to that day.
final class Migrations {
  private static final int USUAL_DAYS = 30;
  private static final int PAGE = 500;
  // More than this is made up beside the requests first.
  private static final int MOST_COMPUTED = 20_000;
  private static final Duration BACKFILL_PATIENCE = Duration.ofSeconds(30);

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final Snapshots snapshots;
  private final PastRows past;
  private final Customers customers;
  private final ModelShelf shelf;
  private final Backfill backfill;

  Migrations(
      Tenancy tenancy,
      Upkeep upkeep,
      Snapshots snapshots,
      PastRows past,
      Customers customers,
      ModelShelf shelf) {
    this.tenancy = tenancy;
    this.scoreboard = upkeep.scoreboard();
    this.backfill = upkeep.backfill();
    this.snapshots = snapshots;
    this.past = past;
    this.customers = customers;
    this.shelf = shelf;
  }

  // The archetypes of one day, and how many of them nobody had been told.
  private record Side(Map<String, String> byCustomer, long computed) {}

  Answer of(Call call) {
    Tenant tenant = tenancy.of(call);
    Archetype.Level level =
        Archetype.Level.valueOf(call.queryWord("level", List.of("L1", "L2", "L3"), "L2"));
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    CustomerHistory.Span span = CustomerHistory.Span.read(call, standing.day(), USUAL_DAYS);
    Side before = side(tenant, span.from(), level, call.receivedAt());
    Side after = side(tenant, span.to(), level, call.receivedAt());
    Migration migration = Migration.between(before.byCustomer(), after.byCustomer());

    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("level", level.name());
    answer.put("from", LocalDate.ofEpochDay(span.from()));
    answer.put("to", LocalDate.ofEpochDay(span.to()));
    answer.put(
        "data",
        migration.moves().stream()
            .map(
                move -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("from", move.from());
                  one.put("to", move.to());
                  one.put("customers", move.customers());
                  return one;
                })
            .toList());
    answer.put("arrived", migration.arrived());
    answer.put("left", migration.left());
    answer.put("recomputed_from", before.computed());
    answer.put("recomputed_to", after.computed());
    return Answer.ok(answer);
  }

  private Side side(Tenant tenant, int day, Archetype.Level level, Instant now) {
    Map<String, String> byCustomer = new HashMap<>();
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    Instant end = AsOf.endOf(day, ledger);
    if (past.untold(tenant, day, end) > MOST_COMPUTED) {
      backfill.start(tenant, now);
      throw ApiError.unavailable(
          "The customers' history is being made up for; the answer needs it.", BACKFILL_PATIENCE);
    }
    TenantModels models = shelf.of(tenant);
    long computed = 0;
    String after = "";
    for (List<String> page = past.untold(tenant, day, end, after, PAGE);
        !page.isEmpty();
        page = past.untold(tenant, day, end, after, PAGE)) {
      for (History history : customers.histories(tenant, page).values()) {
        Behaviour behaviour =
            Behaviour.of(history.until(end).profile(ledger), models.behaviour(), day);
        byCustomer.put(history.customerId(), Archetype.of(behaviour, level).id());
      }
      computed += page.size();
      after = page.getLast();
    }
    snapshots.forEachOn(
        tenant,
        day,
        (id, memberships) -> byCustomer.put(id, Archetype.of(memberships, level).id()));
    return new Side(byCustomer, computed);
  }
}
