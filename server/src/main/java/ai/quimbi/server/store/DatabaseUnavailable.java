package ai.quimbi.server.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The database is gone, going, coming or full. Whether the work was done is unknown when it
/// happened at the commit: what writes must be safe to repeat.
public final class DatabaseUnavailable extends Unavailable {
  private static final long serialVersionUID = 1L;

  /// 08 connection, 53 disk, memory or connections at their end, 57P0x shutting down, starting,
  /// crashed; 58030 the disk itself fails.
  private static final Set<String> STATES =
      Set.of("57P01", "57P02", "57P03", "57P05", "58030", "53000", "53100", "53200", "53300");

  public DatabaseUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(2);
  }

  /// No such database, no such login: what was there under this name is not what we knew.
  private static final Set<String> MOVED = Set.of("3D000", "28000", "28P01", "42501");

  /// Whether this failure, or one of its causes, says that the database is not there to be used.
  static boolean isCauseOf(Throwable failure) {
    return anyCause(
        failure,
        cause ->
            cause instanceof SQLTransientConnectionException
                || (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("08") || STATES.contains(sql.getSQLState()))));
  }

  /// Whether the server ended the session: the other sessions of its pool are as dead as this one.
  static boolean endsSessions(Throwable failure) {
    return anyCause(
        failure,
        cause ->
            cause instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P")));
  }

  /// Whether no connection was had because the server no longer knows the database or the login.
  static boolean saysMoved(Throwable failure) {
    return anyCause(failure, SQLTransientConnectionException.class::isInstance)
        && anyCause(
            failure,
            cause -> cause instanceof SQLException sql && MOVED.contains(sql.getSQLState() + ""));
  }

  private static boolean anyCause(Throwable failure, Predicate<Throwable> is) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (is.test(cause)) {
        return true;
      }
    }
    return false;
  }
}
