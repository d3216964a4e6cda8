package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.BehaviourModel;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.ForecastModel;
import ai.quimbi.server.store.events.Models;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tenants' models in memory. A model that another server stored is seen within a second.
public final class ModelShelf {
  /// Both models of one fit are stored as one, so that they come into force together.
  private static final String KIND = "customer-intelligence";

  private static final String SEPARATOR = "\n--- behaviour ---\n";

  private final Models models;
  private final Cache<String, OnShelf> shelf =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(6)).build();
  private final Cache<String, Long> versions =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(1)).build();

  private record OnShelf(long version, @Nullable Instant fittedAt, TenantModels models) {}

  public ModelShelf(Models models) {
    this.models = models;
  }

  /// The models in force; the shipped ones where none were fitted.
  public TenantModels of(Tenant tenant) {
    Long version = versions.get(tenant.id(), id -> models.latestVersion(tenant, KIND));
    OnShelf there = shelf.getIfPresent(tenant.id());
    if (there == null || version == null || there.version() != version) {
      there = load(tenant);
      shelf.put(tenant.id(), there);
    }
    return there.models();
  }

  /// The models that were in force at `knownAt`; those in force now where it is `null`.
  TenantModels of(Tenant tenant, @Nullable Instant knownAt) {
    if (knownAt == null) {
      return of(tenant);
    }
    return models
        .latest(tenant, KIND, knownAt)
        .map(stored -> decode(stored.content()))
        .orElseGet(() -> TenantModels.shipped(ledgerOf(tenant)));
  }

  /// When the models in force were fitted; empty where they are the shipped ones.
  public Optional<Instant> fittedAt(Tenant tenant) {
    return models.latest(tenant, KIND).map(Models.Stored::createdAt);
  }

  /// How many tenants' models are in memory, fitted or shipped.
  public int inUse() {
    return shelf.asMap().size();
  }

  /// When those of the models in memory that were fitted were, of whichever tenants.
  public List<Instant> fitsInUse() {
    return shelf.asMap().values().stream().map(OnShelf::fittedAt).filter(Objects::nonNull).toList();
  }

  /// What was noted of the fit in force, as JSON.
  public Optional<String> quality(Tenant tenant) {
    return models.latest(tenant, KIND).map(Models.Stored::quality);
  }

  /// Puts fitted models in force. `quality` tells in JSON how good they are.
  public void put(Tenant tenant, TenantModels fitted, Instant at, String quality) {
    String text = fitted.forecast().encode() + SEPARATOR + fitted.behaviour().encode();
    long version = models.save(tenant, KIND, at, text.getBytes(StandardCharsets.UTF_8), quality);
    shelf.put(tenant.id(), new OnShelf(version, at, fitted));
    versions.put(tenant.id(), version);
  }

  private OnShelf load(Tenant tenant) {
    return models
        .latest(tenant, KIND)
        .map(stored -> new OnShelf(stored.version(), stored.createdAt(), decode(stored.content())))
        .orElseGet(() -> new OnShelf(0, null, TenantModels.shipped(ledgerOf(tenant))));
  }

  private static TenantModels decode(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int cut = text.indexOf(SEPARATOR);
    return new TenantModels(
        ForecastModel.decode(text.substring(0, cut)),
        BehaviourModel.decode(text.substring(cut + SEPARATOR.length())));
  }

  static Ledger ledgerOf(Tenant tenant) {
    return new Ledger(tenant.zone(), tenant.currency());
  }
}
