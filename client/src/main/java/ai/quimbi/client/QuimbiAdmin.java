package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The administrator's side: tenants, their keys, exchange rates and models. What creates something
/// is sent once, never repeated by the client after a failure that may have left it done.
public final class QuimbiAdmin {
  private static final String TENANTS = "/api/admin/tenants";
  private static final String BENCHMARK_RATES = "/api/admin/benchmarks/rates";

  private final Connection connection;

  private QuimbiAdmin(Connection connection) {
    this.connection = connection;
  }

  public static Builder builder() {
    return new Builder();
  }

  /// A new tenant. `timeZone` is an IANA name, `currency` an ISO 4217 code; a null industry is
  /// none.
  public record NewTenant(
      String tenantId, String name, @Nullable String industry, String timeZone, String currency) {
    public NewTenant {
      Arguments.text("tenantId", tenantId);
      Arguments.text("name", name);
      Arguments.text("timeZone", timeZone);
      Arguments.text("currency", currency);
    }
  }

  /// What a new key may do and how much; a null is left to the server. `mode` is `live` or `test`.
  public record NewKey(
      Set<String> scopes,
      String mode,
      @Nullable Integer perMinute,
      @Nullable Integer perHour,
      @Nullable OffsetDateTime expiresAt) {
    public NewKey {
      scopes =
          Set.copyOf(Arguments.list("scopes", List.copyOf(Arguments.present("scopes", scopes))));
      Arguments.oneOf("mode", mode, "live", "test");
      if ((perMinute == null) != (perHour == null)) {
        throw new InvalidArgumentException("perHour", "and perMinute go together");
      }
    }

    /// A live key with the default limits that does not expire.
    public static NewKey live(Set<String> scopes) {
      return new NewKey(scopes, "live", null, null, null);
    }

    public NewKey withLimits(int minute, int hour) {
      return new NewKey(scopes, mode, minute, hour, expiresAt);
    }
  }

  /// A key just made. `key` is shown this once and never again.
  public record IssuedKey(String key, String keyId) {
    /// Logs print records; a key must not be among what they print.
    @Override
    public String toString() {
      return "IssuedKey[keyId=" + keyId + "]";
    }
  }

  /// Which language model phrases a tenant's messages. `provider` is `none`, `anthropic`, `openai`
  /// (and whatever speaks its format) or `ollama`; prices are money for a million tokens. What is
  /// null is left to the server.
  public record LanguageModel(
      String provider,
      @Nullable String model,
      @Nullable String baseUrl,
      @Nullable String apiKey,
      @Nullable BigDecimal inputPrice,
      @Nullable BigDecimal outputPrice) {
    public LanguageModel {
      Arguments.oneOf("provider", provider, "none", "anthropic", "openai", "ollama");
    }

    /// Logs print records; a key must not be among what they print.
    @Override
    public String toString() {
      return "LanguageModel[provider=" + provider + ", model=" + model + "]";
    }
  }

  /// What is in force: `setBy` is `tenant` or, where nothing was set for it, `server`. The key is
  /// never told.
  public record LanguageModelSetting(
      String provider, String setBy, @Nullable String model, boolean hasApiKey, JsonNode raw) {
    static LanguageModelSetting of(JsonNode answer) {
      Fields fields = Fields.of(answer);
      return new LanguageModelSetting(
          fields.text("provider"),
          fields.text("set_by"),
          fields.absent("model") ? null : fields.text("model"),
          !fields.absent("has_api_key") && fields.flag("has_api_key"),
          answer);
    }
  }

  /// What one unit of `currency` is worth in the tenant's own on a day.
  public record Rate(String currency, LocalDate day, BigDecimal rate) {
    public Rate {
      Arguments.text("currency", currency);
      Arguments.present("day", day);
      Arguments.aboveZero("rate", rate);
    }
  }

  public JsonNode createTenant(NewTenant tenant) {
    ObjectNode body =
        Json.object().put("tenant_id", Arguments.present("tenant", tenant).tenantId());
    body.put("name", tenant.name());
    if (tenant.industry() != null) {
      body.put("industry", tenant.industry());
    }
    body.put("time_zone", tenant.timeZone()).put("currency", tenant.currency());
    return connection.send(Call.once(TENANTS, body));
  }

  public JsonNode tenants() {
    return connection.send(Call.get(TENANTS));
  }

  public JsonNode tenant(String tenantId) {
    return connection.send(Call.get(path(tenantId)));
  }

  public JsonNode deleteTenant(String tenantId) {
    return connection.send(Call.delete(path(tenantId)));
  }

  public IssuedKey createKey(String tenantId, NewKey wanted) {
    ObjectNode body = Json.object();
    ArrayNode scopes = body.putArray("scopes");
    Arguments.present("wanted", wanted).scopes().stream().sorted().forEach(scopes::add);
    body.put("mode", wanted.mode());
    if (wanted.perMinute() != null && wanted.perHour() != null) {
      body.putObject("limits")
          .put("per_minute", wanted.perMinute())
          .put("per_hour", wanted.perHour());
    }
    if (wanted.expiresAt() != null) {
      body.put("expires_at", Json.time(wanted.expiresAt()));
    }
    Fields issued = Fields.of(connection.send(Call.once(path(tenantId) + "/keys", body)));
    return new IssuedKey(issued.text("key"), issued.text("key_id"));
  }

  /// The tenant's keys without their secrets.
  public JsonNode keys(String tenantId) {
    return connection.send(Call.get(path(tenantId) + "/keys"));
  }

  public JsonNode revokeKey(String keyId) {
    String id = Call.segment(Arguments.text("keyId", keyId));
    return connection.send(Call.delete("/api/admin/keys/" + id));
  }

  public JsonNode rates(String tenantId) {
    return connection.send(Call.get(path(tenantId) + "/rates"));
  }

  /// Adds rates to the tenant's table; one for the same currency and day replaces the earlier one.
  public JsonNode setRates(String tenantId, List<Rate> rates) {
    ObjectNode body = Json.object();
    ArrayNode rows = body.putArray("rates");
    for (Rate rate : Arguments.list("rates", rates)) {
      rows.addObject()
          .put("currency", rate.currency())
          .put("day", rate.day().toString())
          .put("rate", rate.rate());
    }
    return connection.send(new Call("PUT", path(tenantId) + "/rates", body, Map.of(), true));
  }

  /// Fits the tenant's model anew.
  public JsonNode refit(String tenantId) {
    return connection.send(Call.once(path(tenantId) + "/refit", Json.object()));
  }

  /// The same as a job, beside the requests; [#tenantJob] tells how far it is.
  public Job startRefit(String tenantId) {
    String path = path(tenantId) + "/refit?async=true";
    return Job.of(connection.send(Call.once(path, Json.object())));
  }

  public Job tenantJob(String tenantId, String jobId) {
    String id = Call.segment(Arguments.text("jobId", jobId));
    return Job.of(connection.send(Call.get(path(tenantId) + "/jobs/" + id)));
  }

  /// A tenant's part in the benchmarks of its industry.
  public Contribution tenantContribution(String tenantId) {
    return Contribution.of(connection.send(Call.get(path(tenantId) + "/contribution")));
  }

  /// Says which legal owner a tenant has, and whether it was looked into: companies of one owner
  /// have one vote together. `industry` changes what the tenant is compared with; null leaves it.
  public Contribution setTenantContribution(
      String tenantId, String ownerGroup, boolean approved, @Nullable String industry) {
    ObjectNode body = Json.object().put("owner_group", Arguments.text("ownerGroup", ownerGroup));
    body.put("approved", approved);
    if (industry != null) {
      body.put("industry", Arguments.text("industry", industry));
    }
    Call call = new Call("PUT", path(tenantId) + "/contribution", body, Map.of(), true);
    return Contribution.of(connection.send(call));
  }

  /// What one unit of each currency is worth in `currency`, in which benchmarks are told.
  public record BenchmarkRates(String currency, Map<String, BigDecimal> rates, JsonNode raw) {
    static BenchmarkRates of(JsonNode answer) {
      Fields fields = Fields.of(answer);
      return new BenchmarkRates(fields.text("currency"), fields.object("rates").decimals(), answer);
    }
  }

  public BenchmarkRates benchmarkRates() {
    return BenchmarkRates.of(connection.send(Call.get(BENCHMARK_RATES)));
  }

  /// Sets rates by currency, from the next contributions on; those of other currencies stay.
  public BenchmarkRates setBenchmarkRates(Map<String, BigDecimal> rates) {
    ObjectNode body = Json.object();
    ObjectNode wanted = body.putObject("rates");
    new TreeMap<>(Arguments.present("rates", rates))
        .forEach(
            (currency, rate) ->
                wanted.put(currency, Arguments.aboveZero("rates." + currency, rate)));
    return BenchmarkRates.of(
        connection.send(new Call("PUT", BENCHMARK_RATES, body, Map.of(), true)));
  }

  public LanguageModelSetting languageModel(String tenantId) {
    return LanguageModelSetting.of(connection.send(Call.get(path(tenantId) + "/language_model")));
  }

  public LanguageModelSetting setLanguageModel(String tenantId, LanguageModel wanted) {
    ObjectNode body = Json.object().put("provider", Arguments.present("wanted", wanted).provider());
    body.put("model", wanted.model()).put("base_url", wanted.baseUrl());
    body.put("api_key", wanted.apiKey()).put("input_price", wanted.inputPrice());
    body.put("output_price", wanted.outputPrice());
    Call call = new Call("PUT", path(tenantId) + "/language_model", body, Map.of(), true);
    return LanguageModelSetting.of(connection.send(call));
  }

  /// Goes back to the server's own language model.
  public LanguageModelSetting deleteLanguageModel(String tenantId) {
    return LanguageModelSetting.of(
        connection.send(Call.delete(path(tenantId) + "/language_model")));
  }

  /// Any endpoint of the administrator's, also one that this version has no method for.
  public JsonNode request(String method, String path, @Nullable JsonNode body) {
    return connection.send(Call.any(method, path, body));
  }

  private static String path(String tenantId) {
    return TENANTS + "/" + Call.segment(Arguments.text("tenantId", tenantId));
  }

  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable String apiKey;

    private Builder() {}

    /// The administrator's key, `qk_admin_…`. Required.
    public Builder apiKey(String key) {
      apiKey = Arguments.headerValue("apiKey", key);
      return this;
    }

    public QuimbiAdmin build() {
      return new QuimbiAdmin(connection(new Credentials.Key(required("apiKey", apiKey))));
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
