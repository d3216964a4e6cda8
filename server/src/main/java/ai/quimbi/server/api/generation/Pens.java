package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.generation.Pen;
import ai.quimbi.core.generation.PhoneFinder;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.llm.Deadline;
import ai.quimbi.server.llm.LanguageModels;
import ai.quimbi.server.llm.Phones;
import ai.quimbi.server.llm.ProviderSettings;
import ai.quimbi.server.store.Vault;
import java.time.Duration;
import java.time.LocalDate;

/// What each tenant's texts are written with: its language model, within the server's time and
/// budget, or none.
public final class Pens {
  private final LanguageModels models;
  private final TenantProviders providers;
  private final Duration time;
  private final PhoneFinder phones = new Phones();

  /// `time` is what a language model may take for one text, repair and retries included.
  public Pens(
      Tenancy tenancy, Vault vault, ProviderSettings usual, LanguageModels models, Duration time) {
    this.models = models;
    this.providers = new TenantProviders(tenancy, vault, usual);
    this.time = time;
  }

  /// A pen for one text: its time begins now.
  ///
  /// @param today the tenant's current day, to which spending is counted
  public Pen of(Tenant tenant, LocalDate today) {
    return new Pen(
        models.forMessage(tenant.id(), providers.of(tenant), today, Deadline.in(time)), phones);
  }

  TenantProviders providers() {
    return providers;
  }
}
