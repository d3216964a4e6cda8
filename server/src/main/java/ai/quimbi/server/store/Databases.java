package ai.quimbi.server.store;

import java.util.function.Function;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The tenants' databases. STAND-IN until branch `postgres` is merged: take theirs.
public final class Databases {
  private final Function<String, Jdbi> tenants;

  public Databases(Function<String, Jdbi> tenants) {
    this.tenants = tenants;
  }

  public <T extends @Nullable Object, X extends Exception> T read(
      String tenantId, HandleCallback<T, X> work) throws X {
    return tenants.apply(tenantId).withHandle(work);
  }

  public <T extends @Nullable Object, X extends Exception> T snapshot(
      String tenantId, HandleCallback<T, X> work) throws X {
    return tenants.apply(tenantId).inTransaction(work);
  }

  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      String tenantId, HandleCallback<T, X> work) throws X {
    return tenants.apply(tenantId).inTransaction(work);
  }
}
