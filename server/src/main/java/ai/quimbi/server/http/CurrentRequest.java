package ai.quimbi.server.http;

import java.time.Instant;
import java.util.Optional;

/// The request this thread works for. Only what concerns no answer travels this way: the id for the
/// logs and the time by which the work is worthless.
public record CurrentRequest(String requestId, Instant deadline) {
  static final ScopedValue<CurrentRequest> SCOPE = ScopedValue.newInstance();

  /// The request of this thread, if it works for one.
  public static Optional<CurrentRequest> get() {
    return SCOPE.isBound() ? Optional.of(SCOPE.get()) : Optional.empty();
  }
}
