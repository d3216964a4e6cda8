package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.forecast.LifetimeValue;
import ai.quimbi.core.forecast.Revenue;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Scores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// What a tenant's customers will spend together. Everybody is read, a page at a time; the answer
/// is remembered until an event, the model or the day changes it.
final class RevenueForecast {
  private static final int YEAR_MONTHS = 12;
  private static final int MOST_MONTHS = 60;

  private final Tenancy tenancy;
  private final ModelShelf shelf;
  private final Customers customers;
  private final Scores scores;
  private final Cache<Question, Known> known = Caffeine.newBuilder().maximumSize(10_000).build();
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  RevenueForecast(Tenancy tenancy, ModelShelf shelf, Customers customers, Scores scores) {
    this.tenancy = tenancy;
    this.shelf = shelf;
    this.customers = customers;
    this.scores = scores;
  }

  private record Question(String tenantId, int months) {}

  // `since`: when this state of the events was first seen; `at`: when the answer was made.
  private record Known(
      Scores.Tide tide, Instant since, Instant at, int day, String version, Revenue revenue) {

    boolean isOf(Scores.Tide now, int today, String model) {
      return tide.equals(now) && !now.isImporting() && day == today && version.equals(model);
    }
  }

  Answer of(Call call) {
    Tenant tenant = tenancy.of(call);
    int months = call.queryNumber("horizon_months", 1, MOST_MONTHS, YEAR_MONTHS);
    TenantModels models = shelf.of(tenant);
    int today = ModelShelf.ledgerOf(tenant).dayOf(call.receivedAt());
    Revenue revenue = revenue(tenant, months, models, today, call.receivedAt());

    Map<String, Object> interval = new LinkedHashMap<>();
    interval.put("lower", revenue.lower());
    interval.put("upper", revenue.upper());
    interval.put("confidence_level", LifetimeValue.CONFIDENCE_LEVEL);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("horizon_months", months);
    answer.put("customers", revenue.customers());
    answer.put("expected_revenue", revenue.expected());
    answer.put("confidence_interval", interval);
    answer.put("calibrated", revenue.isCalibrated());
    answer.put("currency", tenant.currency().getCurrencyCode());
    answer.put("from", LocalDate.ofEpochDay(today));
    answer.put("model_version", models.version());
    return Answer.ok(answer);
  }

  private Revenue revenue(Tenant tenant, int months, TenantModels models, int today, Instant now) {
    Question question = new Question(tenant.id(), months);
    // One at a time: those who ask meanwhile find the answer when it is their turn.
    ReentrantLock lock = locks.computeIfAbsent(tenant.id(), id -> new ReentrantLock());
    lock.lock();
    try {
      Scores.Tide tide = scores.tide(tenant);
      Known there = known.getIfPresent(question);
      boolean isSame = there != null && there.isOf(tide, today, models.version());
      if (there != null
          && isSame
          && there.at().isAfter(there.since().plus(Scoreboard.UNSEEN_AT_MOST))) {
        return there.revenue();
      }
      Revenue made = Revenue.of(customers.everyProfile(tenant), models.forecast(), today, months);
      Instant since = there != null && isSame ? there.since() : now;
      known.put(question, new Known(tide, since, now, today, models.version(), made));
      return made;
    } finally {
      lock.unlock();
    }
  }
}
