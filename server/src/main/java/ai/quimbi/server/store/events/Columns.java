package ai.quimbi.server.store.events;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One column of many rows as a PostgreSQL array, for `unnest`: a batch is one statement.
final class Columns {
  private Columns() {}

  static <T> Array texts(Connection connection, List<T> rows, Function<T, @Nullable String> of)
      throws SQLException {
    return connection.createArrayOf("text", rows.stream().map(of).toArray(String[]::new));
  }

  static <T> Array bytes(Connection connection, List<T> rows, Function<T, byte[]> of)
      throws SQLException {
    return connection.createArrayOf("bytea", rows.stream().map(of).toArray(byte[][]::new));
  }

  /// To the microsecond, cut and not rounded: a moment never moves to the next day.
  static <T> Array moments(Connection connection, List<T> rows, Function<T, @Nullable Instant> of)
      throws SQLException {
    return connection.createArrayOf(
        "timestamptz",
        rows.stream()
            .map(of)
            .map(moment -> moment == null ? null : cut(moment).toString())
            .toArray(String[]::new));
  }

  static <T> Array uuids(Connection connection, List<T> rows, Function<T, UUID> of)
      throws SQLException {
    return connection.createArrayOf("uuid", rows.stream().map(of).toArray(UUID[]::new));
  }

  static <T> Array longs(Connection connection, List<T> rows, Function<T, Long> of)
      throws SQLException {
    return connection.createArrayOf("bigint", rows.stream().map(of).toArray(Long[]::new));
  }

  static <T> Array numbers(Connection connection, List<T> rows, Function<T, BigDecimal> of)
      throws SQLException {
    return connection.createArrayOf("numeric", rows.stream().map(of).toArray(BigDecimal[]::new));
  }

  static Instant cut(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MICROS);
  }
}
