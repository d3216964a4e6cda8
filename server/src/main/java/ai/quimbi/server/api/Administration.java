package ai.quimbi.server.api;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.ApiKey.AdminKey;
import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.store.ExchangeRates;
import ai.quimbi.server.store.Keys;
import ai.quimbi.server.store.Tenants;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tenants, their keys, their exchange rates, their models: for administrators' keys only.
final class Administration {
  private static final String DEFAULT_ZONE = "UTC";
  private static final String DEFAULT_CURRENCY = "USD";

  private final Tenancy tenancy;
  private final Tenants tenants;
  private final Keys keys;
  private final ExchangeRates rates;
  private final Refit refit;
  private final LongJobs jobs;

  Administration(
      Tenancy tenancy,
      Tenants tenants,
      Keys keys,
      ExchangeRates rates,
      Refit refit,
      LongJobs jobs) {
    this.tenancy = tenancy;
    this.tenants = tenants;
    this.keys = keys;
    this.rates = rates;
    this.refit = refit;
    this.jobs = jobs;
  }

  Answer createTenant(Call call) {
    JsonNode wish = call.body();
    Tenant tenant =
        new Tenant(
            wish.path("tenant_id").textValue(),
            wish.path("name").textValue(),
            OrderJson.text(wish, "industry"),
            zone(wish.path("time_zone").asText(DEFAULT_ZONE)),
            currency("/currency", wish.path("currency").asText(DEFAULT_CURRENCY)));
    return switch (tenants.create(tenant)) {
      case Tenants.Creation.Made made -> Answer.ok(Tenancy.shown(made.tenant()));
      case Tenants.Creation.Exists exists ->
          throw ApiError.of(
              ErrorCode.TENANT_EXISTS,
              "A tenant of this id exists already; it was not changed.",
              Map.of("tenant_id", exists.tenant().id()));
    };
  }

  Answer listTenants(Call call) {
    return Answer.ok(Map.of("data", tenants.list().stream().map(Tenancy::shown).toList()));
  }

  Answer oneTenant(Call call) {
    return Answer.ok(Tenancy.shown(tenancy.named(call)));
  }

  Answer deleteTenant(Call call) {
    Tenant tenant = tenancy.named(call);
    tenants.delete(tenant.id());
    tenancy.forget(tenant);
    return Answer.ok(Map.of("deleted", true));
  }

  Answer addKey(Call call) {
    Tenant tenant = tenancy.named(call);
    JsonNode wish = call.body();
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    wish.path("scopes").forEach(label -> Scope.ofLabel(label.asText()).ifPresent(scopes::add));
    JsonNode limits = wish.path("limits");
    Quota quota =
        new Quota(
            limits.path("per_minute").asInt(Quota.DEFAULT.perMinute()),
            limits.path("per_hour").asInt(Quota.DEFAULT.perHour()));
    String label = wish.path("label").asText("");
    Mode mode = Mode.valueOf(wish.path("mode").asText("live").toUpperCase(Locale.ROOT));
    Instant expiresAt = expiry(call);
    Keys.Addition addition =
        keys.add(
            tenant.id(), new Keys.Wish(label, scopes, mode, quota, expiresAt), call.receivedAt());
    return switch (addition) {
      case Keys.Addition.Added added ->
          Answer.ok(Map.of("key", added.secret(), "key_id", added.key().keyId()));
      case Keys.Addition.TwoAreLive two ->
          throw ApiError.of(
              ErrorCode.KEY_LIMIT_REACHED,
              "Two keys of this label are live. Revoke the older one first.",
              Map.of("label", two.label(), "key_ids", two.keyIds()));
      case Keys.Addition.TenantUnknown unknown ->
          throw ApiError.of(
              ErrorCode.TENANT_NOT_FOUND,
              "There is no tenant of this id.",
              Map.of("tenant_id", unknown.tenantId()));
    };
  }

  Answer listKeys(Call call) {
    List<Keys.Listed> listed = keys.of(tenancy.named(call).id());
    return Answer.ok(Map.of("data", listed.stream().map(Administration::shown).toList()));
  }

  Answer revokeKey(Call call) {
    String id = call.pathParameter("key_id");
    if (!keys.revoke(id, call.receivedAt())) {
      throw ApiError.of(
          ErrorCode.KEY_NOT_FOUND, "There is no live key of this id.", Map.of("key_id", id));
    }
    return Answer.ok(Map.of("deleted", true));
  }

  Answer putRates(Call call) {
    Tenant tenant = tenancy.named(call);
    List<ExchangeRates.Rate> told = new ArrayList<>();
    int place = 0;
    for (JsonNode rate : call.body().path("rates")) {
      told.add(
          new ExchangeRates.Rate(
              currency("/rates/" + place++ + "/currency", rate.path("currency").textValue()),
              LocalDate.parse(rate.path("day").textValue()),
              rate.path("rate").decimalValue()));
    }
    rates.put(tenant.id(), told);
    return Answer.ok(Map.of("rates", shownRates(tenant)));
  }

  Answer rates(Call call) {
    return Answer.ok(Map.of("rates", shownRates(tenancy.named(call))));
  }

  Answer refit(Call call) {
    Tenant tenant = tenancy.named(call);
    return call.queryWord("async", List.of("true", "false"), "false").equals("true")
        ? jobs.startRefit(tenant, call)
        : Answer.ok(shown(refit.now(tenant)));
  }

  private List<Map<String, Object>> shownRates(Tenant tenant) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (ExchangeRates.Rate rate : rates.of(tenant.id())) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("currency", rate.currency().getCurrencyCode());
      row.put("day", rate.day());
      row.put("rate", rate.rate());
      shown.add(row);
    }
    return shown;
  }

  private static Map<String, Object> shown(Keys.Listed listed) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("key_id", listed.key().keyId());
    shown.put("label", listed.label());
    switch (listed.key()) {
      case TenantKey key -> {
        shown.put("scopes", key.scopes().stream().map(Scope::label).sorted().toList());
        shown.put("mode", key.mode().name().toLowerCase(Locale.ROOT));
        shown.put("limits", limits(key.quota()));
      }
      case AdminKey key -> shown.put("limits", limits(key.quota()));
    }
    shown.put("created_at", listed.createdAt());
    putIfThere(shown, "expires_at", expiresAt(listed.key()));
    putIfThere(shown, "last_used_at", listed.lastUsedAt());
    putIfThere(shown, "revoked_at", listed.revokedAt());
    return shown;
  }

  static Map<String, Object> shown(Refit.Outcome outcome) {
    Map<String, Object> shown = new LinkedHashMap<>();
    switch (outcome) {
      case Refit.Outcome.Fitted fitted -> {
        shown.put("status", "fitted");
        shown.put("model_version", fitted.models().version());
        shown.put("customers", fitted.customers());
      }
      case Refit.Outcome.Kept kept -> {
        shown.put("status", "kept");
        shown.put("model_version", kept.models().version());
        shown.put("reason", kept.reason());
      }
    }
    return shown;
  }

  private static Map<String, Object> limits(Quota quota) {
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("per_minute", quota.perMinute());
    limits.put("per_hour", quota.perHour());
    return limits;
  }

  private static @Nullable Instant expiresAt(ApiKey key) {
    return key.expiresAt();
  }

  private static void putIfThere(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private static @Nullable Instant expiry(Call call) {
    String text = OrderJson.text(call.body(), "expires_at");
    if (text == null) {
      return null;
    }
    Instant at = OrderJson.instant(text);
    if (!at.isAfter(call.receivedAt())) {
      throw ApiError.invalid("/expires_at", "range", "expires_at must be in the future.");
    }
    return at;
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw ApiError.invalid(
          "/time_zone", "unknown", "time_zone must be an IANA name such as Europe/Berlin.");
    }
  }

  private static Currency currency(String path, String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid(path, "unknown", "currency must be an ISO 4217 code such as USD.");
    }
  }
}
