package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Health;
import ai.quimbi.core.copilot.HealthPoint;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Tool;
import ai.quimbi.core.copilot.Toolbox;
import ai.quimbi.server.http.Trace;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.HealthLog;
import ai.quimbi.server.store.copilot.KnownAccounts;
import ai.quimbi.server.store.copilot.Weights;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what accounts' health was whenever somebody computes it, and computes it where nobody
/// asks: after something was told of an account, and of all accounts once a day. Days are UTC, as
/// in the renewal's reckoning.
final class HealthWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

  private static final KnownAccounts.Need ALL =
      new KnownAccounts.Need(true, Tool.DEFAULT_PERIOD_DAYS, true);

  private final KnownAccounts accounts;
  private final Accounts stored;
  private final Weights weights;
  private final HealthLog log;

  // What was kept need not be compared again with every call of the tool.
  private final Cache<Seen, HealthPoint> kept =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(1)).build();

  /// `accounts` is what the tools see, `stored` says whose an account is.
  HealthWatch(KnownAccounts accounts, Accounts stored, Weights weights, HealthLog log) {
    this.accounts = accounts;
    this.stored = stored;
    this.weights = weights;
    this.log = log;
  }

  private record Seen(String tenantId, String customerId, int day) {}

  /// A tool's evidence, seen in passing. What goes wrong here is not the caller's concern.
  void see(Tenant tenant, @Nullable Evidence evidence, HealthWeights inForce, Instant now) {
    quietly(() -> keep(tenant, evidence, inForce, now));
  }

  /// After something was told of the account.
  void look(Tenant tenant, String customerId, Instant now) {
    quietly(
        () -> {
          kept.invalidate(new Seen(tenant.id(), customerId, dayOf(now)));
          Optional<Account> account = stored.find(tenant, customerId);
          if (account.isPresent()) {
            String owner = account.get().owner();
            keep(
                tenant,
                accounts.evidence(tenant, owner, customerId, ALL).orElse(null),
                weights.current(tenant),
                now);
          }
        });
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      LOG.warn("health was not kept: {}", Trace.summary(fault));
    }
  }

  /// All accounts of the tenant.
  void lookAtAll(Tenant tenant, Instant now) {
    HealthWeights inForce = weights.current(tenant);
    for (Evidence evidence : accounts.all(tenant, Tool.DEFAULT_PERIOD_DAYS).values()) {
      keep(tenant, evidence, inForce, now);
    }
  }

  private void keep(
      Tenant tenant, @Nullable Evidence evidence, HealthWeights inForce, Instant now) {
    Renewal renewal = evidence == null ? null : evidence.account().renewal();
    Health health = evidence == null ? null : new Toolbox(inForce, now).facts(evidence).health();
    if (evidence == null || renewal == null || health == null) {
      return;
    }
    int day = dayOf(now);
    HealthPoint point =
        HealthPoint.of(
            day, health, evidence.tickets().openTickets(), renewal.daysFrom(now), inForce);
    Seen seen = new Seen(tenant.id(), evidence.account().customerId(), day);
    HealthPoint before = kept.getIfPresent(seen);
    if (before == null || !before.says(point)) {
      log.keep(tenant, seen.customerId(), point, now);
      kept.put(seen, point);
    }
  }

  private static int dayOf(Instant now) {
    return (int) LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
  }
}
