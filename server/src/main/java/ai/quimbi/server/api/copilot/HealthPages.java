package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.AccountPast;
import ai.quimbi.core.copilot.Aftermath;
import ai.quimbi.core.copilot.HealthBacktest;
import ai.quimbi.core.copilot.HealthPoint;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.stats.Proportion;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.HealthLog;
import ai.quimbi.server.store.copilot.Weights;
import ai.quimbi.server.store.events.Customers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an account's health went, and how well the score has told what happened next.
final class HealthPages {
  private static final int USUAL_DAYS = 365;
  private static final int MOST_RECOMPUTED = 60;
  private static final int USUAL_HORIZON = 90;

  private final Tenancy tenancy;
  private final Accounts accounts;
  private final Customers customers;
  private final Weights weights;
  private final HealthLog log;
  private final HealthWatch watch;

  HealthPages(
      Tenancy tenancy,
      Accounts accounts,
      Customers customers,
      Weights weights,
      HealthLog log,
      HealthWatch watch) {
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.customers = customers;
    this.weights = weights;
    this.log = log;
    this.watch = watch;
  }

  /// What was said on the days on which it changed; before the first of them, what today's weights
  /// say of each month's end, from what is stored with its day.
  Answer history(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.pathParameter("customer_id");
    Account account = accounts.find(tenant, id).orElseThrow(() -> AccountPages.notFound(id));
    int today = (int) LocalDate.ofInstant(call.receivedAt(), ZoneOffset.UTC).toEpochDay();
    int to = Math.min(today, day(call, "to", today));
    int from = day(call, "from", to - USUAL_DAYS);
    if (from > to) {
      throw ApiError.invalid("?from", "range", "from must not be later than to, or than today.");
    }
    watch.look(tenant, id, call.receivedAt());
    List<HealthPoint> said = log.of(tenant, id, from, to);
    int firstSaid = said.isEmpty() ? to + 1 : said.getFirst().day();
    List<Map<String, Object>> days = new ArrayList<>();
    for (HealthPoint point : recomputed(tenant, account, from, firstSaid - 1)) {
      days.add(shown(point, "recomputed"));
    }
    said.forEach(point -> days.add(shown(point, "said")));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customer_id", id);
    answer.put("from", LocalDate.ofEpochDay(from));
    answer.put("to", LocalDate.ofEpochDay(to));
    answer.put("days", days);
    return Answer.ok(answer);
  }

  private List<HealthPoint> recomputed(Tenant tenant, Account account, int from, int to) {
    AccountPast past =
        new AccountPast(
            accounts.usageDays(tenant, account.customerId()),
            accounts.tickets(tenant, account.customerId()),
            account.renewal(),
            List.of());
    HealthWeights inForce = weights.current(tenant);
    List<HealthPoint> points = new ArrayList<>();
    LocalDate end = LocalDate.ofEpochDay(to);
    while (points.size() < MOST_RECOMPUTED && end.toEpochDay() >= from) {
      past.at((int) end.toEpochDay(), inForce).ifPresent(points::add);
      end = end.withDayOfMonth(1).minusDays(1);
    }
    return points.reversed();
  }

  private static Map<String, Object> shown(HealthPoint point, String source) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("day", LocalDate.ofEpochDay(point.day()));
    shown.put("score", point.score());
    shown.put("risk_level", point.risk().label());
    shown.put("signals", point.signals());
    shown.put("open_tickets", point.openTickets());
    shown.put("days_to_renewal", point.daysToRenewal());
    shown.put("weights_version", point.weightsVersion());
    shown.put("source", source);
    return shown;
  }

  /// The score against what happened later, over all accounts.
  Answer backtest(Call call) {
    Tenant tenant = tenancy.of(call);
    int horizon = call.queryNumber("horizon_days", 30, 365, USUAL_HORIZON);
    int today = (int) LocalDate.ofInstant(call.receivedAt(), ZoneOffset.UTC).toEpochDay();
    HealthWeights inForce = weights.current(tenant);
    HealthBacktest test = HealthBacktest.of(pasts(tenant), inForce, horizon, today);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("horizon_days", horizon);
    answer.put("weights_version", inForce.version());
    answer.put("accounts", test.accounts());
    answer.put("cases", test.cases());
    answer.put("went_badly", test.bad());
    Map<String, Integer> outcomes = new LinkedHashMap<>();
    for (Aftermath outcome : Aftermath.values()) {
      outcomes.put(outcome.label(), test.outcomes().getOrDefault(outcome, 0));
    }
    answer.put("outcomes", outcomes);
    answer.put("by_risk_level", test.levels().stream().map(HealthPages::level).toList());
    Double auc = test.auc();
    if (auc != null) {
      answer.put("auc", decimals(auc));
    }
    answer.put("enough", test.isEnough());
    answer.put("reading", test.reading());
    return Answer.ok(answer);
  }

  private Map<String, AccountPast> pasts(Tenant tenant) {
    Map<String, AccountPast> told = accounts.pasts(tenant);
    Map<String, Profile> profiles = customers.profiles(tenant, told.keySet());
    Map<String, AccountPast> pasts = new LinkedHashMap<>();
    told.forEach(
        (id, past) -> {
          Profile profile = profiles.getOrDefault(id, Profile.EMPTY);
          List<Integer> days = profile.purchaseDays().stream().map(PurchaseDay::day).toList();
          pasts.put(id, new AccountPast(past.usage(), past.tickets(), past.renewal(), days));
        });
    return pasts;
  }

  private static Map<String, Object> level(HealthBacktest.Level level) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("risk_level", level.risk().label());
    shown.put("cases", level.cases());
    shown.put("went_badly", level.bad());
    Proportion share = level.share();
    if (share != null) {
      shown.put("share", decimals(share.share()));
      shown.put("lower", decimals(share.lower()));
      shown.put("upper", decimals(share.upper()));
    }
    return shown;
  }

  private static BigDecimal decimals(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN);
  }

  private static int day(Call call, String name, int absent) {
    @Nullable String told = call.queryParameter(name);
    if (told == null) {
      return absent;
    }
    try {
      return (int) LocalDate.parse(told).toEpochDay();
    } catch (DateTimeParseException e) {
      throw ApiError.invalid("?" + name, "format", name + " must be a day such as 2027-02-01.");
    }
  }
}
