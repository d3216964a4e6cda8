package ai.quimbi.server.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A tenant's secrets that must be readable again (passwords, HMAC secrets, provider keys), each
/// under a name, encrypted in the control database. The encryption is bound to tenant and name.
public final class Vault {
  private final ControlDatabase control;
  private volatile Secrets secrets;

  Vault(ControlDatabase control, Secrets secrets) {
    this.control = control;
    this.secrets = secrets;
  }

  public void put(String tenantId, String name, String plain) {
    control.inTransaction(
        handle -> {
          putWith(handle, tenantId, name, plain);
          return true;
        });
  }

  public Optional<String> find(String tenantId, String name) {
    String path = path(tenantId, name);
    return control
        .read(handle -> content(handle, path))
        .map(content -> secrets.open(path, content));
  }

  public boolean delete(String tenantId, String name) {
    return control.inTransaction(
        handle -> handle.execute("DELETE FROM secret WHERE name = ?", path(tenantId, name)) > 0);
  }

  /// Seals everything again under the first key of `next`, which must also open what is sealed now:
  /// all or nothing. Other servers need the new key from then on. Answers how many there were.
  @AcrossTenants("the key is one for all")
  public int rotate(Secrets next) {
    int count =
        control.inTransaction(
            handle -> {
              handle.execute("LOCK TABLE secret IN EXCLUSIVE MODE");
              List<String> paths =
                  handle.createQuery("SELECT name FROM secret").mapTo(String.class).list();
              for (String path : paths) {
                String plain = content(handle, path).map(old -> next.open(path, old)).orElseThrow();
                write(handle, path, next.seal(path, plain));
              }
              return paths.size();
            });
    secrets = next;
    return count;
  }

  /// Within the caller's transaction on the control database.
  void putWith(Handle handle, String tenantId, String name, String plain) {
    String path = path(tenantId, name);
    write(handle, path, secrets.seal(path, plain));
  }

  void deleteAllWith(Handle handle, String tenantId) {
    handle.execute("DELETE FROM secret WHERE starts_with(name, ?)", path(tenantId, ""));
  }

  private static Optional<byte[]> content(Handle handle, String path) {
    return handle
        .createQuery("SELECT sealed FROM secret WHERE name = :name")
        .bind("name", path)
        .mapTo(byte[].class)
        .findOne();
  }

  private static void write(Handle handle, String path, byte[] content) {
    handle.execute(
        """
        INSERT INTO secret (name, sealed) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, written_at = now()
        """,
        path,
        content);
  }

  private static String path(String tenantId, String name) {
    return tenantId + "/" + name;
  }
}
