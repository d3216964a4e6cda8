package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.server.store.copilot.Client;
import ai.quimbi.server.store.copilot.Clients;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tokens for browsers, whose EventSource cannot sign: `{client}.{expiry}.{signature}`, signed with
/// the client's own secret, so that every server can check them and a rotation ends them.
final class Tokens {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final Pattern FORM = Pattern.compile("(.{1,64})\\.(\\d{1,15})\\.([0-9a-f]{64})");

  private final Clients clients;

  Tokens(Clients clients) {
    this.clients = clients;
  }

  static String issue(Client client, Instant now) {
    String expiry = Long.toString(now.plus(LIFE).toEpochMilli());
    return client.id()
        + "."
        + expiry
        + "."
        + sign(client.secrets().getFirst(), client.id(), expiry);
  }

  /// The client a token speaks for; empty for one that is wrong or too old.
  Optional<Client> clientOf(String token, Instant now) {
    Matcher parts = FORM.matcher(token);
    if (!parts.matches() || Long.parseLong(parts.group(2)) < now.toEpochMilli()) {
      return Optional.empty();
    }
    byte[] sent = parts.group(3).getBytes(StandardCharsets.UTF_8);
    return clients
        .find(parts.group(1))
        .filter(
            client ->
                client.secrets().stream()
                    .map(secret -> sign(secret, client.id(), parts.group(2)))
                    .anyMatch(
                        right ->
                            MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), sent)));
  }

  /// The first line is neither a time nor a method, so no signature of a request is a token.
  private static String sign(SigningSecret secret, String client, String expiry) {
    return secret.sign(
        ("copilot-token\n" + client + "\n" + expiry).getBytes(StandardCharsets.UTF_8));
  }
}
