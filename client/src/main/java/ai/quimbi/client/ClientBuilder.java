package ai.quimbi.client;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What all three clients are built from. The defaults: 30 seconds for a whole call, two more
/// attempts after the first, one second before the second attempt, doubled before the third.
public abstract sealed class ClientBuilder<B extends ClientBuilder<B>>
    permits QuimbiClient.Builder, QuimbiAdmin.Builder, CopilotTools.Builder {

  private @Nullable URI baseUrl;
  private Duration timeout = Duration.ofSeconds(30);
  private int retries = 2;
  private Duration backoff = Duration.ofSeconds(1);

  ClientBuilder() {}

  abstract B self();

  /// The server's address, for example `https://platform.quimbi.ai`. Required.
  public B baseUrl(String url) {
    baseUrl = Arguments.baseUrl(url);
    return self();
  }

  /// How long a call may take in all: attempts, pauses between them, and bodies.
  public B timeout(Duration whole) {
    timeout = Arguments.positive("timeout", whole);
    return self();
  }

  /// How many attempts may follow the first; 0 to 20.
  public B retries(int more) {
    retries = Arguments.between("retries", 0, 20, more);
    return self();
  }

  /// The pause before the second attempt; each further one doubles it.
  public B backoff(Duration first) {
    backoff = Arguments.positive("backoff", first);
    return self();
  }

  final Connection connection(Credentials credentials) {
    if (baseUrl == null) {
      throw new InvalidArgumentException("baseUrl", "is required");
    }
    return new Connection(baseUrl, credentials, timeout, new Retry(retries, backoff));
  }

  static String required(String field, @Nullable String value) {
    if (value == null) {
      throw new InvalidArgumentException(field, "is required");
    }
    return value;
  }
}
