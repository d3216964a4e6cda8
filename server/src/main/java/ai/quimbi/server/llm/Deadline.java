package ai.quimbi.server.llm;

import java.time.Duration;

/// A moment on the monotonic clock after which nobody waits any more.
public record Deadline(long nanoTime) {

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  public boolean isOver() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
