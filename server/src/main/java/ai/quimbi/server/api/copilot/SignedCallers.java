package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Signature;
import ai.quimbi.core.access.Signature.Signed;
import ai.quimbi.core.access.Signature.Verdict;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.server.http.Limits;
import ai.quimbi.server.http.Visit;
import ai.quimbi.server.store.copilot.Client;
import ai.quimbi.server.store.copilot.Clients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which client signed a request. Outward every refusal is one message; why it was
/// refused is in the audit log.
final class SignedCallers {
  private static final Logger AUDIT = LoggerFactory.getLogger("quimbi.audit");
  private static final Duration NONCE_LIFE = Duration.ofMillis(2 * Signature.WINDOW_MILLIS);

  private final Clients clients;
  private final Limits limits;
  private final InstantSource clock;

  SignedCallers(Clients clients, Limits limits, InstantSource clock) {
    this.clients = clients;
    this.limits = limits;
    this.clock = clock;
  }

  /// Who called, or why nobody may know.
  sealed interface Caller {
    record Known(Client client) implements Caller {}

    /// `retryAfterSeconds` is 0 where waiting does not help.
    record Refused(ToolFailure failure, long retryAfterSeconds) implements Caller {}
  }

  Caller of(Visit visit, byte[] body) {
    Instant now = clock.instant();
    String name = visit.header("X-Client");
    Client client = name == null || name.length() > 64 ? null : clients.find(name).orElse(null);
    Verdict verdict =
        Signature.check(
            new Signed(
                visit.method(),
                visit.path(),
                visit.rawQuery(),
                name,
                visit.header("X-Timestamp"),
                visit.header("X-Nonce"),
                visit.header("X-Signature"),
                body),
            client == null ? List.of() : client.secrets(),
            client != null && client.isV2Required(),
            now.toEpochMilli());
    return switch (verdict) {
      case Verdict.Refused refused ->
          unauthorized(visit, client == null ? "CLIENT_UNKNOWN" : refused.reason().name());
      case Verdict.Accepted accepted -> admitted(visit, client, accepted.nonce(), now);
    };
  }

  private Caller admitted(
      Visit visit, @Nullable Client client, @Nullable String nonce, Instant now) {
    if (client == null) {
      return unauthorized(visit, "CLIENT_UNKNOWN");
    }
    if (nonce != null && !clients.isFirstUse(client.id(), nonce, now.plus(NONCE_LIFE), now)) {
      return unauthorized(visit, "NONCE_USED");
    }
    int perMinute = client.perMinute();
    int perHour = (int) Math.min(Integer.MAX_VALUE, 60L * perMinute);
    long wait = limits.secondsToWait("client:" + client.id(), new Quota(perMinute, perHour));
    return wait == 0
        ? new Caller.Known(client)
        : new Caller.Refused(
            new ToolFailure(Code.RATE_LIMITED, "Too many calls. Retry after " + wait + " seconds."),
            wait);
  }

  private static Caller unauthorized(Visit visit, String reason) {
    AUDIT.info("refused {} {}: {}", visit.requestId(), visit.method(), reason);
    return new Caller.Refused(
        new ToolFailure(
            Code.UNAUTHORIZED,
            "The request is not signed by a known client at this time. See the documentation of"
                + " X-Client, X-Timestamp and X-Signature."),
        0);
  }
}
