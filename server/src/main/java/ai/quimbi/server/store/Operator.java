package ai.quimbi.server.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The role that makes and owns databases, on its server: what it may do there, and a connection of
/// its own for what no pool should do.
record Operator(DatabaseUrl url, int serverVersion, int maxConnections) {
  private static final int OLDEST = 150000;

  /// Looks at the server before anything is made there. Throws [UnsuitableDatabase].
  static Operator at(DatabaseUrl url) {
    try (Handle handle = open(url)) {
      int version = setting(handle, "server_version_num");
      if (version < OLDEST) {
        throw new UnsuitableDatabase(
            "the PostgreSQL at %s:%d is version %d; Quimbi needs 15 or newer."
                .formatted(url.host(), url.port(), version / 10000));
      }
      boolean mayMake =
          handle
              .createQuery(
                  """
                  SELECT rolsuper OR (rolcreatedb AND rolcreaterole)
                  FROM pg_roles WHERE rolname = current_user
                  """)
              .mapTo(Boolean.class)
              .one();
      if (!mayMake) {
        throw new UnsuitableDatabase(
            "the role %s may not make databases and roles. As an administrator, run:  ALTER ROLE %s CREATEDB CREATEROLE;"
                .formatted(url.user(), Names.quoted(url.user())));
      }
      int usable =
          setting(handle, "max_connections") - setting(handle, "superuser_reserved_connections");
      return new Operator(url, version, usable);
    }
  }

  Handle open(String database) {
    return open(url.withDatabase(database));
  }

  /// PostgreSQL 16 tells apart what a membership is good for; 15 has no words for it.
  boolean distinguishesMemberships() {
    return serverVersion >= 160000;
  }

  private static Handle open(DatabaseUrl url) {
    return Jdbi.create(url.jdbc(), url.user(), url.password()).open();
  }

  private static int setting(Handle handle, String name) {
    return handle
        .createQuery("SELECT current_setting(:name)::int")
        .bind("name", name)
        .mapTo(Integer.class)
        .one();
  }
}
