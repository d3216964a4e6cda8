package ai.quimbi.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The database about tenants: who they are, their keys, limits and secrets.
@AcrossTenants("it holds what must be known before a tenant is known")
public final class ControlDatabase implements AutoCloseable {
  private static final String WHERE = "control";

  private final HikariDataSource source;
  private final Jdbi jdbi;
  private final Gate gate;

  ControlDatabase(DatabaseUrl url, int connections, Duration patience, LongConsumer waitedNanos) {
    DatabaseUrl inside = url.withOption("currentSchema=" + Migrations.CONTROL_SCHEMA);
    this.source = Pools.source(WHERE, inside, connections, patience, null);
    this.jdbi = Databases.taught(Jdbi.create(source));
    this.gate = new Gate(connections, connections, patience, waitedNanos);
  }

  /// Single statements, each for itself.
  public <T extends @Nullable Object, X extends Exception> T read(HandleCallback<T, X> work)
      throws X {
    return with(() -> jdbi.withHandle(work));
  }

  /// All of it or nothing.
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      HandleCallback<T, X> work) throws X {
    return with(() -> jdbi.inTransaction(work));
  }

  private <T extends @Nullable Object, X extends Exception> T with(Door.Work<T, X> work) throws X {
    return Door.through(
        WHERE,
        () -> {
          try (Gate.Pass _ = gate.enter(WHERE)) {
            return work.run();
          } catch (Exception e) {
            if (DatabaseUnavailable.endsSessions(e)) {
              Pools.renew(source);
            }
            throw e;
          }
        });
  }

  /// For libraries that bring their own SQL (Bucket4j on `rate_limit`).
  public DataSource dataSource() {
    return source;
  }

  @Override
  public void close() {
    source.close();
  }
}
