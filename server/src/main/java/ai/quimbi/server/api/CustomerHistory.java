package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.Drift;
import ai.quimbi.core.behaviour.Memberships;
import ai.quimbi.core.customer.History;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.RiskLevel;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.Snapshots;
import ai.quimbi.server.store.events.Snapshots.Snapshot;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a customer's answers changed over time: what was really said where that was kept, and before
/// that what the present models say of the events up to the end of each month.
final class CustomerHistory {
  private static final int USUAL_DAYS = 365;
  private static final int MOST_RECOMPUTED = 60;
  private static final List<String> METRICS = List.of("all", "churn", "ltv", "segments");

  private final Tenancy tenancy;
  private final Subjects subjects;
  private final Scoreboard scoreboard;
  private final Customers customers;
  private final Snapshots snapshots;

  CustomerHistory(
      Tenancy tenancy,
      Subjects subjects,
      Scoreboard scoreboard,
      Customers customers,
      Snapshots snapshots) {
    this.tenancy = tenancy;
    this.subjects = subjects;
    this.scoreboard = scoreboard;
    this.customers = customers;
    this.snapshots = snapshots;
  }

  /// The days a question is about, `from` and `to` of its query, both included.
  record Span(int from, int to) {
    static Span read(Call call, int today, int usualDays) {
      int to = day(call, "to", today);
      int from = day(call, "from", to - usualDays);
      if (from > to) {
        throw ApiError.invalid("?from", "range", "from must not be later than to.");
      }
      return new Span(from, to);
    }

    private static int day(Call call, String name, int absent) {
      String text = call.queryParameter(name);
      if (text == null) {
        return absent;
      }
      try {
        LocalDate date = LocalDate.parse(text);
        if (date.getYear() >= 1970 && date.getYear() <= 9999) {
          return Math.toIntExact(date.toEpochDay());
        }
      } catch (DateTimeException notADate) {
        // said below
      }
      throw ApiError.invalid("?" + name, "format", name + " must be a date such as 2026-03-15.");
    }
  }

  // `wasSaid` tells a kept answer from one made up afterwards.
  private record Point(
      int day, boolean wasSaid, String model, Memberships memberships, double churn, long ltv) {}

  Answer of(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.pathParameter("customer_id");
    String metric = call.queryWord("metric", METRICS, "all");
    Subject subject = subjects.stored(tenant, id, call.receivedAt());
    Span span = Span.read(call, subject.today(), USUAL_DAYS);
    scoreboard.upToDate(tenant, call.receivedAt());
    List<Point> points = points(subject, span.from(), Math.min(span.to(), subject.today()));

    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customer_id", id);
    answer.put("metric", metric);
    answer.put("from", LocalDate.ofEpochDay(span.from()));
    answer.put("to", LocalDate.ofEpochDay(span.to()));
    Ledger ledger = subject.ledger();
    answer.put("data", points.stream().map(point -> shown(point, metric, ledger)).toList());
    if (points.size() > 1 && (metric.equals("all") || metric.equals("segments"))) {
      Drift drift = Drift.between(points.getFirst().memberships(), points.getLast().memberships());
      answer.put("drift", shown(drift));
    }
    return Answer.ok(answer);
  }

  private List<Point> points(Subject subject, int from, int to) {
    List<Snapshot> kept = snapshots.of(subject.tenant(), subject.customerId(), from, to);
    int firstKept = kept.isEmpty() ? to + 1 : kept.getFirst().day();
    List<Point> points = new ArrayList<>(recomputed(subject, from, firstKept - 1));
    for (Snapshot snapshot : kept) {
      points.add(
          new Point(
              snapshot.day(),
              !snapshot.isRecomputed(),
              snapshot.model(),
              snapshot.memberships(),
              snapshot.churnRisk(),
              snapshot.yearAheadMinor()));
    }
    return points;
  }

  private List<Point> recomputed(Subject subject, int from, int to) {
    History history = customers.history(subject.tenant(), subject.customerId());
    List<Point> points = new ArrayList<>();
    LocalDate end = LocalDate.ofEpochDay(to);
    while (points.size() < MOST_RECOMPUTED && end.toEpochDay() >= from) {
      History known = AsOf.until(history, (int) end.toEpochDay(), subject.ledger());
      if (known.isEmpty()) {
        break;
      }
      Score score =
          Scoreboard.score(
              subject.customerId(),
              known.profile(subject.ledger()),
              subject.models(),
              (int) end.toEpochDay(),
              subject.tenant());
      points.addFirst(
          new Point(
              (int) end.toEpochDay(),
              false,
              subject.models().version(),
              score.memberships(),
              score.churnRisk(),
              score.yearAheadMinor()));
      // The last day of the month before.
      end = end.withDayOfMonth(1).minusDays(1);
    }
    return points;
  }

  private static Map<String, Object> shown(Point point, String metric, Ledger ledger) {
    Map<String, Object> one = new LinkedHashMap<>();
    boolean all = metric.equals("all");
    one.put("date", LocalDate.ofEpochDay(point.day()));
    if (all || metric.equals("churn")) {
      one.put("churn_risk", Numbers.probability(point.churn()));
      one.put("churn_risk_level", RiskLevel.of(point.churn()).label());
    }
    if (all || metric.equals("ltv")) {
      one.put("ltv_12mo", ledger.amountOf(point.ltv()));
    }
    if (all || metric.equals("segments")) {
      one.put("archetype_id", Archetype.of(point.memberships(), Archetype.Level.L2).id());
      Map<String, String> segments = new LinkedHashMap<>();
      Axis.MAIN.forEach(axis -> segments.put(axis.label(), point.memberships().dominant(axis)));
      one.put("segments", segments);
    }
    one.put("source", point.wasSaid() ? "snapshot" : "recomputed");
    one.put("model_version", point.model());
    return one;
  }

  private static Map<String, Object> shown(Drift drift) {
    Map<String, Object> byAxis = new LinkedHashMap<>();
    Axis.MAIN.forEach(
        axis ->
            byAxis.put(axis.label(), Numbers.probability(drift.byAxis().getOrDefault(axis, 0.0))));
    List<Map<String, Object>> changes = new ArrayList<>();
    for (Drift.Change change : drift.changes()) {
      if (!change.axis().isSupport()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("axis", change.axis().label());
        one.put("from", change.from());
        one.put("to", change.to());
        one.put("drift", Numbers.probability(change.drift()));
        one.put("description", change.words());
        changes.add(one);
      }
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("overall", Numbers.probability(drift.overall()));
    shown.put("by_axis", byAxis);
    shown.put("changes", changes);
    return shown;
  }
}
