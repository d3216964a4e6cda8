package ai.quimbi.server.http;

import java.util.ArrayDeque;
import java.util.Deque;

/// An exception for the log: classes and places, never messages. A message may repeat what a caller
/// sent (a database quotes the row it refuses), and no name or text of a customer belongs in a log.
public final class Trace {
  private static final int MAX_FRAMES = 16;
  private static final int MAX_CAUSES = 5;

  private Trace() {}

  /// Classes from the outermost to the root, on one line.
  public static String summary(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable each : causes(thrown)) {
      text.append(text.isEmpty() ? "" : " <- ").append(each.getClass().getName());
    }
    return text.toString();
  }

  /// The same with the places.
  public static String of(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable each : causes(thrown)) {
      text.append(text.isEmpty() ? "" : "caused by ")
          .append(each.getClass().getName())
          .append('\n');
      StackTraceElement[] frames = each.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        text.append("    at ").append(frames[i]).append('\n');
      }
    }
    return text.toString();
  }

  private static Deque<Throwable> causes(Throwable thrown) {
    Deque<Throwable> causes = new ArrayDeque<>();
    for (Throwable each = thrown;
        each != null && causes.size() < MAX_CAUSES;
        each = each.getCause()) {
      causes.add(each);
    }
    return causes;
  }
}
