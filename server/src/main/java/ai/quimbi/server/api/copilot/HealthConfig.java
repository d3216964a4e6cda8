package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Health;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Tool;
import ai.quimbi.core.copilot.Usage;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.copilot.KnownAccounts;
import ai.quimbi.server.store.copilot.Weights;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a tenant weighs health, and what other weights would change.
final class HealthConfig {
  private final Tenancy tenancy;
  private final Weights weights;
  private final KnownAccounts accounts;

  HealthConfig(Tenancy tenancy, Weights weights, KnownAccounts accounts) {
    this.tenancy = tenancy;
    this.weights = weights;
    this.accounts = accounts;
  }

  Answer get(Call call) {
    return Answer.ok(shown(weights.current(tenancy.of(call))));
  }

  /// Saves a new version; with `?preview=true` saves nothing and answers what it would change.
  Answer put(Call call) {
    Tenant tenant = tenancy.of(call);
    HealthWeights inForce = weights.current(tenant);
    HealthWeights wished = wished(call.body().path("weights"), inForce.version() + 1);
    if ("true".equals(call.queryParameter("preview"))) {
      Map<String, Object> preview = shown(wished);
      preview.put("saved", false);
      preview.put("accounts", changes(tenant, inForce, wished, call.receivedAt()));
      return Answer.ok(preview);
    }
    Map<String, Object> saved = shown(weights.save(tenant, wished, call.receivedAt()));
    saved.put("saved", true);
    return Answer.ok(saved);
  }

  private static HealthWeights wished(JsonNode told, int version) {
    int usage = HealthWeights.tenThousandths(told.path("usage").decimalValue());
    int tickets = HealthWeights.tenThousandths(told.path("tickets").decimalValue());
    int renewal = HealthWeights.tenThousandths(told.path("renewal").decimalValue());
    if (usage + tickets + renewal != 10_000) {
      throw ApiError.invalid(
          "/weights", "sum", "usage, tickets and renewal must add up to 1 exactly.");
    }
    return new HealthWeights(version, usage, tickets, renewal);
  }

  private List<Map<String, Object>> changes(
      Tenant tenant, HealthWeights inForce, HealthWeights wished, Instant now) {
    List<Map<String, Object>> changes = new ArrayList<>();
    for (Evidence evidence : accounts.all(tenant, Tool.DEFAULT_PERIOD_DAYS).values()) {
      Usage usage = evidence.usage();
      Renewal renewal = evidence.account().renewal();
      if (usage == null || renewal == null) {
        continue;
      }
      int open = evidence.tickets().openTickets();
      long days = renewal.daysFrom(now);
      Health before = Health.of(usage.trend(), open, days, inForce);
      Health after = Health.of(usage.trend(), open, days, wished);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("customer_id", evidence.account().customerId());
      row.put("name", evidence.account().name());
      row.put("score_before", before.score());
      row.put("score_after", after.score());
      row.put("risk_level_before", before.risk().label());
      row.put("risk_level_after", after.risk().label());
      changes.add(row);
    }
    return changes;
  }

  private static Map<String, Object> shown(HealthWeights weights) {
    Map<String, BigDecimal> parts = new LinkedHashMap<>();
    parts.put("usage", ToolJson.decimal(weights.usage()));
    parts.put("tickets", ToolJson.decimal(weights.tickets()));
    parts.put("renewal", ToolJson.decimal(weights.renewal()));
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("version", weights.version());
    shown.put("weights", parts);
    return shown;
  }
}
