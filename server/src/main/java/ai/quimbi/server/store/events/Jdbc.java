package ai.quimbi.server.store.events;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/// Batches as arrays are plain JDBC; their failures leave as Jdbi's, like those of all other
/// statements.
final class Jdbc {
  private Jdbc() {}

  interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  static <T extends @Nullable Object> HandleCallback<T, JdbiException> of(Work<T> work) {
    return handle -> {
      try {
        return work.on(handle.getConnection());
      } catch (SQLException e) {
        throw new TransactionException("statements on events failed", e);
      }
    };
  }
}
