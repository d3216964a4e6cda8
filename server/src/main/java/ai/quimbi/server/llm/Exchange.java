package ai.quimbi.server.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One request under way: until when it may take, and what its response said about retrying. It
/// reaches [BoundedHttp] through LangChain4j's adapters as a scoped value, since their interface
/// has no room for it.
final class Exchange {
  static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  final Deadline deadline;
  private int status;
  private @Nullable Duration retryAfter;
  private boolean isTooLarge;

  Exchange(Deadline deadline) {
    this.deadline = deadline;
  }

  void answered(int code, @Nullable Duration wait) {
    status = code;
    retryAfter = wait;
  }

  void tooLarge() {
    isTooLarge = true;
  }

  /// The response's status, 0 when there was none.
  int status() {
    return status;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  boolean isTooLarge() {
    return isTooLarge;
  }
}
