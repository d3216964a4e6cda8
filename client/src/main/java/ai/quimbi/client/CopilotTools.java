package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The customer-success copilot's signed tools. A tool's own failure (`ok: false`) is an
/// [ApiException] with the tool's code, whatever the HTTP status was. Tools only read, so a failed
/// call is tried again, each time with a fresh timestamp.
public final class CopilotTools {
  private final Connection connection;

  private CopilotTools(Connection connection) {
    this.connection = connection;
  }

  public static Builder builder() {
    return new Builder();
  }

  /// All tools with the JSON Schemas of what they take and give.
  public JsonNode tools() {
    return connection.send(Call.get("/tools"));
  }

  /// Calls one tool and returns its `data`.
  public JsonNode call(String tool, String customerId, Map<String, ?> params) {
    String name = Call.segment(Arguments.text("tool", tool));
    return data(connection.send(Call.ask("/tool/" + name, envelope(customerId, params))));
  }

  public JsonNode customerUsage(String customerId, int periodDays) {
    int days = Arguments.between("periodDays", 1, 365, periodDays);
    return call("get_customer_usage", customerId, Map.of("periodDays", days));
  }

  public JsonNode recentTickets(String customerId) {
    return call("get_recent_tickets", customerId, Map.of());
  }

  public JsonNode contractInfo(String customerId) {
    return call("get_contract_info", customerId, Map.of());
  }

  public JsonNode health(String customerId) {
    return call("calculate_health", customerId, Map.of());
  }

  public JsonNode email(String customerId, Map<String, ?> params) {
    return call("generate_email", customerId, params);
  }

  public JsonNode qbrOutline(String customerId, Map<String, ?> params) {
    return call("generate_qbr_outline", customerId, params);
  }

  /// Starts a tool as a job and returns its id.
  public String start(String tool, String customerId, Map<String, ?> params) {
    ObjectNode body = envelope(customerId, params);
    body.put("tool", Arguments.text("tool", tool));
    return Fields.of(connection.send(Call.once("/tool/start", body))).text("jobId");
  }

  /// A job as it stands: `status`, `progress`, and at the end `result`, the tool's own envelope.
  public JsonNode status(String jobId) {
    return connection.send(
        Call.get("/tool/status/" + Call.segment(Arguments.text("jobId", jobId))));
  }

  /// A token that opens the copilot's stream for a browser for five minutes: `token`, `expiresIn`.
  public JsonNode planToken() {
    return connection.send(Call.ask("/api/copilot/token", Json.object()));
  }

  private static ObjectNode envelope(String customerId, Map<String, ?> params) {
    ObjectNode body = Json.object();
    body.put("customerId", Arguments.id("customerId", customerId));
    body.set("params", Json.tree("params", params));
    return body;
  }

  private static JsonNode data(JsonNode envelope) {
    Fields fields = Fields.of(envelope);
    if (fields.flag("ok")) {
      return fields.object("data").json();
    }
    Fields error = fields.object("error");
    throw new ApiException(
        200, error.text("code"), error.textOrEmpty("message"), MissingNode.getInstance(), "", null);
  }

  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable String client;
    private @Nullable String secret;
    private Signature signature = Signature.V1;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /// The client's name and one of its secrets. Required.
    public Builder client(String name, String itsSecret) {
      client = Arguments.headerValue("client", name);
      secret = Arguments.text("secret", itsSecret);
      return this;
    }

    /// How requests are signed; v1 unless told otherwise.
    public Builder signature(Signature version) {
      signature = Arguments.present("signature", version);
      return this;
    }

    /// What time a signature states. The server accepts five minutes to either side of its own.
    public Builder clock(Clock source) {
      clock = Arguments.present("clock", source);
      return this;
    }

    public CopilotTools build() {
      return new CopilotTools(
          connection(
              new Signature.Signed(
                  required("client", client), required("secret", secret), signature, clock)));
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
