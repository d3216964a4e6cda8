package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Replies;
import ai.quimbi.server.store.events.Idempotency;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Function;

/// Remembers answers in the tenant's database, so that every server gives the first one again.
public final class StoredReplies implements Replies {
  private final Idempotency stored;
  private final Function<String, Tenant> tenants;
  private final InstantSource clock;

  public StoredReplies(Idempotency stored, Function<String, Tenant> tenants, InstantSource clock) {
    this.stored = stored;
    this.tenants = tenants;
    this.clock = clock;
  }

  @Override
  public Earlier claim(String tenantId, String idempotencyKey, byte[] fingerprint) {
    Tenant tenant = tenants.apply(tenantId);
    return switch (stored.claim(tenant, idempotencyKey, fingerprint, clock.instant())) {
      case Idempotency.Claim.Yours yours -> new Earlier.None();
      case Idempotency.Claim.InProgress busy -> new Earlier.InProgress();
      case Idempotency.Claim.Mismatch other -> new Earlier.Different();
      case Idempotency.Claim.Answered answered ->
          new Earlier.Answered(answered.body().getBytes(StandardCharsets.UTF_8));
    };
  }

  @Override
  public void keep(String tenantId, String idempotencyKey, byte[] answerJson) {
    stored.complete(
        tenants.apply(tenantId),
        idempotencyKey,
        200,
        new String(answerJson, StandardCharsets.UTF_8));
  }

  @Override
  public void release(String tenantId, String idempotencyKey) {
    stored.abandon(tenants.apply(tenantId), idempotencyKey);
  }
}
