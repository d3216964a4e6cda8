package ai.quimbi.server.store.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.time.Instant;
import java.util.Optional;

/// A tenant's playbooks, one version after the other.
public final class Playbooks {

  /// A version and its JSON as it was told.
  public record Version(int number, String content) {}

  private final Databases databases;

  public Playbooks(Databases databases) {
    this.databases = databases;
  }

  /// The version in force, if the tenant ever set one.
  public Optional<Version> latest(Tenant tenant) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    "SELECT version, content::text FROM app.playbook ORDER BY version DESC LIMIT 1")
                .map((row, context) -> new Version(row.getInt(1), row.getString(2)))
                .findOne());
  }

  /// Adds a version, which is in force from now on, and gives its number.
  public int add(Tenant tenant, String content, Instant now) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          // Two at once would take the same number.
          handle.execute("LOCK TABLE app.playbook IN EXCLUSIVE MODE");
          return handle
              .createQuery(
                  """
                  INSERT INTO app.playbook (version, content, created_at)
                  SELECT coalesce(max(version), 0) + 1, :content::jsonb, :now FROM app.playbook
                  RETURNING version
                  """)
              .bind("content", content)
              .bind("now", now)
              .mapTo(Integer.class)
              .one();
        });
  }
}
