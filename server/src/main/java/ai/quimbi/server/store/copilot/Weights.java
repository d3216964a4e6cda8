package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.server.store.Databases;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// How each tenant weighs health: versions, the newest in force.
public final class Weights {
  private final Databases databases;
  private final Cache<String, HealthWeights> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMillis(900)).build();

  public Weights(Databases databases) {
    this.databases = databases;
  }

  /// The weights in force; another server's change is seen within a second.
  public HealthWeights current(Tenant tenant) {
    HealthWeights cached = known.getIfPresent(tenant.id());
    if (cached != null) {
      return cached;
    }
    HealthWeights found = databases.read(tenant.id(), Weights::newest);
    known.put(tenant.id(), found);
    return found;
  }

  /// Saves the weights as the next version and answers them with it.
  public HealthWeights save(Tenant tenant, HealthWeights wished, Instant now) {
    HealthWeights saved =
        databases.inTransaction(
            tenant.id(),
            handle -> {
              handle.execute("LOCK TABLE app.health_weights IN SHARE ROW EXCLUSIVE MODE");
              int version = newest(handle).version() + 1;
              handle.execute(
                  """
                  INSERT INTO app.health_weights (version, usage, tickets, renewal, created_at)
                  VALUES (?, ?, ?, ?, ?)
                  """,
                  version,
                  wished.usage(),
                  wished.tickets(),
                  wished.renewal(),
                  now);
              return new HealthWeights(version, wished.usage(), wished.tickets(), wished.renewal());
            });
    known.put(tenant.id(), saved);
    return saved;
  }

  private static HealthWeights newest(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT version, usage, tickets, renewal FROM app.health_weights
            ORDER BY version DESC LIMIT 1
            """)
        .map(
            (row, context) ->
                new HealthWeights(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
        .findFirst()
        .orElse(HealthWeights.DEFAULT);
  }
}
