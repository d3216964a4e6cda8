package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.behaviour.Migration;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Snapshots;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a tenant's customers moved between archetypes, from what was really said of them.
final class Migrations {
  private static final int USUAL_DAYS = 30;

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final Snapshots snapshots;

  Migrations(Tenancy tenancy, Scoreboard scoreboard, Snapshots snapshots) {
    this.tenancy = tenancy;
    this.scoreboard = scoreboard;
    this.snapshots = snapshots;
  }

  Answer of(Call call) {
    Tenant tenant = tenancy.of(call);
    Archetype.Level level =
        Archetype.Level.valueOf(call.queryWord("level", List.of("L1", "L2", "L3"), "L2"));
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    CustomerHistory.Span span = CustomerHistory.Span.read(call, standing.day(), USUAL_DAYS);
    Migration migration =
        Migration.between(
            archetypes(tenant, span.from(), level), archetypes(tenant, span.to(), level));

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
    return Answer.ok(answer);
  }

  private Map<String, String> archetypes(Tenant tenant, int day, Archetype.Level level) {
    Map<String, String> byCustomer = new HashMap<>();
    snapshots.forEachOn(
        tenant,
        day,
        (id, memberships) -> byCustomer.put(id, Archetype.of(memberships, level).id()));
    return byCustomer;
  }
}
