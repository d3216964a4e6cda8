package ai.quimbi.server.llm;

import ai.quimbi.core.generation.LanguageModel;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Every configured provider, each with its own circuit breaker, over one HTTP client and one
/// budget.
public final class LanguageModels implements AutoCloseable {

  /// After so many failures in a row a provider is left alone.
  private static final int FAILURES_TO_OPEN = 5;

  private static final Duration REST = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final BoundedHttp http = new BoundedHttp(client);
  private final Map<ProviderSettings, Provider> providers = new ConcurrentHashMap<>();
  private final Budget budget;

  public LanguageModels(Budget budget) {
    this.budget = budget;
  }

  /// The model for one message of `tenantId`: all its requests and retries end before `deadline`.
  /// `null` where no provider is configured.
  ///
  /// @param day the tenant's current day, to which the spending is counted
  public @Nullable LanguageModel forMessage(
      String tenantId, ProviderSettings settings, LocalDate day, Deadline deadline) {
    if (settings.kind() == ProviderSettings.Kind.NONE) {
      return null;
    }
    return providers
        .computeIfAbsent(
            settings,
            s ->
                new Provider(
                    s, http, budget, new CircuitBreaker(FAILURES_TO_OPEN, REST, System::nanoTime)))
        .forMessage(tenantId, day, deadline);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
