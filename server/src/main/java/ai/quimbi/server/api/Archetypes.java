package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.ScoreStatistics;
import ai.quimbi.server.store.events.ScoreStatistics.Group;
import ai.quimbi.server.store.events.ScoreStatistics.Trait;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Tells a tenant what kinds of customers it has.
final class Archetypes {
  // A trait is told where it is this much more common than among all customers.
  private static final double TELLING = 0.1;
  private static final int MOST_TRAITS = 3;

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final ScoreStatistics statistics;

  Archetypes(Tenancy tenancy, Scoreboard scoreboard, ScoreStatistics statistics) {
    this.tenancy = tenancy;
    this.scoreboard = scoreboard;
    this.statistics = statistics;
  }

  Answer archetypes(Call call) {
    Tenant tenant = tenancy.of(call);
    Archetype.Level level =
        Archetype.Level.valueOf(call.queryWord("level", List.of("L1", "L2", "L3"), "L2"));
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    int axes = level.axes().size();
    long customers = statistics.customers(tenant);
    Map<List<String>, List<String>> traits = traits(tenant, axes, customers);

    List<Map<String, Object>> data = new ArrayList<>();
    for (Group group : statistics.archetypes(tenant, axes)) {
      SequencedMap<Axis, String> segments = segments(group.segments());
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("archetype_id", "arch_" + String.join("_", segments.values()));
      one.put("level", level.name());
      one.put("description", Archetype.words(segments));
      one.put("segments", labels(segments));
      one.put("members", group.customers());
      one.put("share", share(group.customers(), customers));
      putNumbers(one, group, ModelShelf.ledgerOf(tenant));
      one.put("traits", traits.getOrDefault(group.segments(), List.of()));
      data.add(one);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("level", level.name());
    answer.put("customers", customers);
    answer.put("data", data);
    return Answer.ok(signed(answer, tenant, standing));
  }

  Answer segments(Call call) {
    Tenant tenant = tenancy.of(call);
    boolean all = !call.queryWord("include", List.of("", "support_axes"), "").isEmpty();
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    long customers = statistics.customers(tenant);
    Map<String, Group> found = new HashMap<>();
    List<Axis> axes = all ? List.of(Axis.values()) : Axis.MAIN;
    statistics
        .segments(tenant, axes.size())
        .forEach(group -> found.put(group.segments().getFirst(), group));

    SequencedMap<String, Object> byAxis = new LinkedHashMap<>();
    for (Axis axis : axes) {
      SequencedMap<String, Object> bySegment = new LinkedHashMap<>();
      for (String segment : axis.segments()) {
        String name = axis.label() + "=" + segment;
        Group group = found.getOrDefault(name, new Group(List.of(name), 0, 0, 0, 0, 0));
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("customers", group.customers());
        one.put("share", share(group.customers(), customers));
        putNumbers(one, group, ModelShelf.ledgerOf(tenant));
        bySegment.put(segment, one);
      }
      byAxis.put(axis.label(), bySegment);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customers", customers);
    answer.put("segments", byAxis);
    return Answer.ok(signed(answer, tenant, standing));
  }

  // Of each archetype the segments of its other axes that set it apart from all customers.
  private Map<List<String>, List<String>> traits(Tenant tenant, int axes, long customers) {
    List<Trait> all = statistics.traits(tenant, axes);
    Map<String, Long> among = new HashMap<>();
    Map<List<String>, Long> members = new HashMap<>();
    int others = Axis.MAIN.size() - axes;
    for (Trait trait : all) {
      among.merge(trait.trait(), trait.customers(), Long::sum);
      members.merge(trait.segments(), trait.customers(), Long::sum);
    }
    Map<List<String>, List<String>> telling = new HashMap<>();
    for (Trait trait : all) {
      // Every customer was counted once for each of the other axes.
      double here =
          (double) trait.customers() * others / members.getOrDefault(trait.segments(), 1L);
      double everywhere = (double) among.getOrDefault(trait.trait(), 0L) / Math.max(1, customers);
      List<String> told = telling.computeIfAbsent(trait.segments(), key -> new ArrayList<>());
      if (here >= 0.5 && here >= everywhere + TELLING && told.size() < MOST_TRAITS) {
        told.add(trait.trait().replace("=", ": "));
      }
    }
    return telling;
  }

  static Map<String, Object> signed(
      Map<String, Object> answer, Tenant tenant, Scoreboard.Standing standing) {
    answer.put("currency", tenant.currency().getCurrencyCode());
    answer.put("scored_on", LocalDate.ofEpochDay(standing.day()));
    answer.put("model_version", standing.version());
    return answer;
  }

  private static void putNumbers(Map<String, Object> one, Group group, Ledger ledger) {
    one.put("median_lifetime_value", ledger.amountOf(group.medianSpentMinor()));
    one.put("median_ltv_12mo", ledger.amountOf(group.medianYearAheadMinor()));
    one.put("avg_churn_risk", Numbers.probability(group.meanChurnRisk()));
    one.put("avg_confidence", Numbers.probability(group.meanConfidence()));
  }

  private static Object share(long part, long whole) {
    return Numbers.probability(whole == 0 ? 0 : (double) part / (double) whole);
  }

  private static SequencedMap<Axis, String> segments(List<String> named) {
    SequencedMap<Axis, String> segments = new LinkedHashMap<>();
    for (String name : named) {
      int equals = name.indexOf('=');
      Axis.ofLabel(name.substring(0, equals))
          .ifPresent(axis -> segments.put(axis, name.substring(equals + 1)));
    }
    return segments;
  }

  private static Map<String, String> labels(Map<Axis, String> segments) {
    Map<String, String> labels = new LinkedHashMap<>();
    segments.forEach((axis, segment) -> labels.put(axis.label(), segment));
    return labels;
  }
}
