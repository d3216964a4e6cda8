package ai.quimbi.server.api.benchmark;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.RiskLevel;
import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Overview;
import ai.quimbi.server.store.events.ScoreStatistics;
import ai.quimbi.server.store.events.ScoreStatistics.Group;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// A tenant's own customers at a glance: what they come to, and what the last period brought
/// against the one before.
final class OverviewPage {
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 365;
  private static final int MOST_ARCHETYPES = 10;

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final Overview overview;
  private final ScoreStatistics statistics;

  OverviewPage(
      Tenancy tenancy, Scoreboard scoreboard, Overview overview, ScoreStatistics statistics) {
    this.tenancy = tenancy;
    this.scoreboard = scoreboard;
    this.overview = overview;
    this.statistics = statistics;
  }

  Answer get(Call call) {
    Tenant tenant = tenancy.of(call);
    int days = call.queryNumber("days", 1, MOST_DAYS, USUAL_DAYS);
    Scoreboard.Standing scored = scoreboard.upToDate(tenant, call.receivedAt());
    Ledger ledger = new Ledger(tenant.zone(), tenant.currency());
    Overview.Standing all = overview.standing(tenant, RiskLevel.MEDIUM_FROM, RiskLevel.HIGH_FROM);
    LocalDate end = LocalDate.ofEpochDay(scored.day()).plusDays(1);
    List<Overview.Period> periods =
        overview.periods(
            tenant,
            List.of(start(end, 2 * days, ledger), start(end, days, ledger), start(end, 0, ledger)));
    Overview.Period before = periods.getFirst();
    Overview.Period now = periods.getLast();

    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("period", period(end, days));
    answer.put("customers", customers(all, now));
    answer.put("revenue", revenue(all, now, ledger));
    answer.put("churn", churn(all));
    answer.put("ltv", value(all, ledger));
    answer.put("archetypes", archetypes(tenant, all.customers(), ledger));
    answer.put("trend", trend(now, before, ledger));
    answer.put("currency", tenant.currency().getCurrencyCode());
    answer.put("scored_on", LocalDate.ofEpochDay(scored.day()));
    answer.put("model_version", scored.version());
    return Answer.ok(answer);
  }

  private static Instant start(LocalDate end, int daysBefore, Ledger ledger) {
    return end.minusDays(daysBefore).atStartOfDay(ledger.zone()).toInstant();
  }

  private static Map<String, Object> period(LocalDate end, int days) {
    Map<String, Object> period = new LinkedHashMap<>();
    period.put("days", days);
    period.put("from", end.minusDays(days));
    period.put("to", end.minusDays(1));
    return period;
  }

  private static Map<String, Object> customers(Overview.Standing all, Overview.Period now) {
    Map<String, Object> customers = new LinkedHashMap<>();
    customers.put("total", all.customers());
    customers.put("with_orders", all.withOrders());
    customers.put("active", now.customers());
    customers.put("new", now.arrived());
    return customers;
  }

  private static Map<String, Object> revenue(
      Overview.Standing all, Overview.Period now, Ledger ledger) {
    Map<String, Object> revenue = new LinkedHashMap<>();
    revenue.put("total", ledger.amountOf(all.spentMinor()));
    revenue.put("period", ledger.amountOf(now.netMinor()));
    revenue.put("orders", now.orders());
    return revenue;
  }

  private static Map<String, Object> churn(Overview.Standing all) {
    Map<String, Object> levels = new LinkedHashMap<>();
    levels.put("low", all.low());
    levels.put("medium", all.medium());
    levels.put("high", all.customers() - all.low() - all.medium());
    Map<String, Object> churn = new LinkedHashMap<>();
    churn.put("average", Amounts.probability(all.meanChurn()));
    churn.put("levels", levels);
    churn.put(
        "percentiles",
        percentiles(all.churnQuartiles().stream().map(Amounts::probability).toList()));
    List<Map<String, Object>> bins = new ArrayList<>();
    for (int i = 0; i < Overview.BINS; i++) {
      Map<String, Object> bin = new LinkedHashMap<>();
      bin.put("from", Amounts.probability((double) i / Overview.BINS));
      bin.put("to", Amounts.probability((i + 1.0) / Overview.BINS));
      bin.put("customers", all.churnBins().get(i));
      bins.add(bin);
    }
    churn.put("distribution", bins);
    return churn;
  }

  private static Map<String, Object> value(Overview.Standing all, Ledger ledger) {
    Map<String, Object> value = new LinkedHashMap<>();
    double mean = (double) all.yearAheadMinor() / Math.max(1, all.customers());
    value.put("total", ledger.amountOf(all.yearAheadMinor()));
    value.put("average", Amounts.money(mean, 0).movePointLeft(ledger.scale()));
    value.put(
        "percentiles", percentiles(all.valueQuartiles().stream().map(ledger::amountOf).toList()));
    return value;
  }

  // Nothing where there are no customers.
  private static Map<String, Object> percentiles(List<?> quartiles) {
    Map<String, Object> percentiles = new LinkedHashMap<>();
    for (int i = 0; i < quartiles.size(); i++) {
      percentiles.put("p" + 25 * (i + 1), quartiles.get(i));
    }
    return percentiles;
  }

  private List<Map<String, Object>> archetypes(Tenant tenant, long customers, Ledger ledger) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Group group : statistics.archetypes(tenant, Archetype.Level.L2.axes().size())) {
      if (shown.size() == MOST_ARCHETYPES) {
        break;
      }
      List<String> words =
          group.segments().stream().map(named -> named.substring(named.indexOf('=') + 1)).toList();
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("archetype_id", "arch_" + String.join("_", words));
      one.put("customers", group.customers());
      // The number of all is a moment older than the groups: they may have grown since.
      long all = Math.max(customers, group.customers());
      one.put("share", Amounts.probability((double) group.customers() / all));
      one.put("avg_churn_risk", Amounts.probability(group.meanChurnRisk()));
      one.put("median_ltv_12mo", ledger.amountOf(group.medianYearAheadMinor()));
      shown.add(one);
    }
    return shown;
  }

  private static Map<String, Object> trend(
      Overview.Period now, Overview.Period before, Ledger ledger) {
    Map<String, Object> trend = new LinkedHashMap<>();
    Map<String, Object> revenue = new LinkedHashMap<>();
    revenue.put("now", ledger.amountOf(now.netMinor()));
    revenue.put("before", ledger.amountOf(before.netMinor()));
    putChange(revenue, now.netMinor(), before.netMinor());
    trend.put("revenue", revenue);
    trend.put("orders", counted(now, before, Overview.Period::orders));
    trend.put("active_customers", counted(now, before, Overview.Period::customers));
    trend.put("new_customers", counted(now, before, Overview.Period::arrived));
    return trend;
  }

  private static Map<String, Object> counted(
      Overview.Period now, Overview.Period before, ToLongFunction<Overview.Period> count) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("now", count.applyAsLong(now));
    one.put("before", count.applyAsLong(before));
    putChange(one, count.applyAsLong(now), count.applyAsLong(before));
    return one;
  }

  // Against nothing there is no change to tell.
  private static void putChange(Map<String, Object> row, long now, long before) {
    var change = Amounts.change(now, before);
    if (change != null) {
      row.put("change", change);
    }
  }
}
