package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.llm.ProviderSettings;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import ai.quimbi.server.store.Vault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Which language model writes for a tenant: the one an administrator set for it, else the
/// server's. A tenant's setting is sealed as a whole, since it holds a key.
final class TenantProviders {
  private static final String SECRET = "language_model";

  private final Tenancy tenancy;
  private final Vault vault;
  private final ProviderSettings usual;

  // Several servers agree within a second.
  private final Cache<String, ProviderSettings> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMillis(900)).build();

  TenantProviders(Tenancy tenancy, Vault vault, ProviderSettings usual) {
    this.tenancy = tenancy;
    this.vault = vault;
    this.usual = usual;
  }

  ProviderSettings of(Tenant tenant) {
    return Objects.requireNonNull(
        known.get(
            tenant.id(), id -> vault.find(id, SECRET).map(TenantProviders::read).orElse(usual)));
  }

  Answer put(Call call) {
    Tenant tenant = tenancy.named(call);
    String json = call.body().toString();
    ProviderSettings settings;
    try {
      settings = read(json);
    } catch (IllegalArgumentException incomplete) {
      throw ApiError.invalid(
          "",
          "incomplete",
          "Anthropic needs model and api_key, openai needs model, ollama needs model and base_url.");
    }
    vault.put(tenant.id(), SECRET, json);
    known.invalidate(tenant.id());
    return Answer.ok(shown(settings, true));
  }

  Answer get(Call call) {
    Tenant tenant = tenancy.named(call);
    return Answer.ok(shown(of(tenant), vault.find(tenant.id(), SECRET).isPresent()));
  }

  /// Back to the server's own.
  Answer delete(Call call) {
    Tenant tenant = tenancy.named(call);
    vault.delete(tenant.id(), SECRET);
    known.invalidate(tenant.id());
    return Answer.ok(shown(usual, false));
  }

  private static ProviderSettings read(String json) {
    JsonNode told;
    try {
      told = Wire.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored language model setting is no JSON", e);
    }
    Kind kind = Kind.ofLabel(told.path("provider").asText()).orElse(Kind.NONE);
    if (kind == Kind.NONE) {
      return ProviderSettings.NONE;
    }
    BigDecimal input = Nodes.number(told, "/input_price");
    BigDecimal output = Nodes.number(told, "/output_price");
    return new ProviderSettings(
        kind,
        told.path("model").asText(),
        Nodes.text(told, "/base_url"),
        Nodes.text(told, "/api_key"),
        input == null ? BigDecimal.ZERO : input,
        output == null ? BigDecimal.ZERO : output);
  }

  // Never the key, only whether there is one.
  private static Map<String, Object> shown(ProviderSettings settings, boolean isTenants) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("provider", settings.kind().name().toLowerCase(Locale.ROOT));
    shown.put("set_by", isTenants ? "tenant" : "server");
    if (settings.kind() != Kind.NONE) {
      shown.put("model", settings.model());
      if (settings.baseUrl() != null) {
        shown.put("base_url", settings.baseUrl());
      }
      shown.put("has_api_key", settings.apiKey() != null);
      shown.put("input_price", settings.inputPrice());
      shown.put("output_price", settings.outputPrice());
    }
    return shown;
  }
}
