package ai.quimbi.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// When a failed attempt is worth another one, and after what pause. Pure: the dice are an
/// argument.
record Retry(int retries, Duration backoff) {
  /// 502 and 504 are what balancers say where Quimbi itself would say 503.
  private static final Set<Integer> TRANSIENT = Set.of(500, 502, 503, 504);

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

  Retry {
    Arguments.between("retries", 0, 20, retries);
    Arguments.positive("backoff", backoff);
  }

  /// The pause before the next attempt, or nothing when the problem is final. `attempt` counts from
  /// 0; `dice` in [0, 1) spreads the pauses of many clients over half of the backoff.
  Optional<Duration> pause(int attempt, boolean repeatable, QuimbiException problem, double dice) {
    if (attempt >= retries || !mayHelp(repeatable, problem)) {
      return Optional.empty();
    }
    long doubled = backoff.toMillis() << Math.min(attempt, 20);
    long full = Math.min(Math.max(doubled, 1), LONGEST_BACKOFF.toMillis());
    Duration spread = Duration.ofMillis(Math.round(full * (0.5 + 0.5 * dice)));
    if (problem instanceof ApiException refused && refused.retryAfter().isPresent()) {
      Duration asked = refused.retryAfter().get();
      return Optional.of(asked.compareTo(spread) > 0 ? asked : spread);
    }
    return Optional.of(spread);
  }

  /// A refusal for the limit is never carried out, so even a call that must not be repeated may be
  /// sent again. After any other failure it may have been carried out.
  private static boolean mayHelp(boolean repeatable, QuimbiException problem) {
    if (problem instanceof ApiException refused) {
      return refused.status() == 429
          || (repeatable
              && (TRANSIENT.contains(refused.status())
                  || refused.code().equals("IDEMPOTENCY_IN_PROGRESS")));
    }
    if (problem instanceof BadAnswerException stranger) {
      return stranger.status() == 429 || (repeatable && TRANSIENT.contains(stranger.status()));
    }
    return repeatable && problem instanceof TransportException;
  }
}
