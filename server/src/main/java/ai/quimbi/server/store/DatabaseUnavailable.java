package ai.quimbi.server.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The database is gone, going, coming or full. Whether the work was done is unknown when it
/// happened at the commit: what writes must be safe to repeat.
public final class DatabaseUnavailable extends Unavailable {
  private static final long serialVersionUID = 1L;

  /// 08 connection, 53 disk, memory or connections at their end, 57P0x shutting down, starting,
  /// crashed; 58030 the disk itself fails.
  private static final Set<String> STATES =
      Set.of("57P01", "57P02", "57P03", "57P05", "58030", "53000", "53100", "53200", "53300");

  DatabaseUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(2);
  }

  /// Whether this failure, or one of its causes, says that the database is not there to be used.
  static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        if (state != null && (state.startsWith("08") || STATES.contains(state))) {
          return true;
        }
      }
    }
    return false;
  }
}
