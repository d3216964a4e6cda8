package ai.quimbi.server.store;

import static ai.quimbi.server.store.Names.quoted;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Makes and removes databases and roles. PostgreSQL does this outside transactions, so every step
/// looks first whether it was taken already: whatever was cut short is done again from its start.
///
/// Rights: the operator owns every object. The group role has row rights on them and no others; a
/// tenant's role inherits it and alone, beside the operator, may enter the tenant's database. So a
/// reader in the wrong database needs two faults, and a tenant's role can change no table.
final class Provisioning {
  /// Any number, the same in every Quimbi.
  private static final long LOCK = 0x7175696d6269L;

  private final Operator operator;
  private final Names names;
  private final String fingerprint = Migrations.tenantFingerprint();

  Provisioning(Operator operator, Names names) {
    this.operator = operator;
    this.names = names;
  }

  String fingerprint() {
    return fingerprint;
  }

  String databaseOf(String tenantId) {
    return names.database(tenantId);
  }

  String roleOf(String tenantId) {
    return names.role(tenantId);
  }

  void migrateTenant(String tenantId) {
    migrate(names.database(tenantId));
  }

  DatabaseUrl controlUrl() {
    return operator.url().withDatabase(names.control());
  }

  /// One server at a time makes, migrates or removes. The work gets the operator's connection.
  <T> T alone(Function<Handle, T> work) {
    try (Handle handle = operator.open(names.control())) {
      lock(handle);
      return work.apply(handle);
    }
  }

  // Held until the connection is closed.
  private static void lock(Handle handle) {
    handle.execute("SET lock_timeout = '60s'");
    handle.execute("SELECT pg_advisory_lock(?)", LOCK);
  }

  void ensureControlDatabase() {
    try (Handle handle = operator.open(operator.url().database())) {
      lock(handle); // two REVOKEs at once are one too many for PostgreSQL's catalogue
      if (!databaseExists(handle, names.control())) {
        try {
          handle.execute(
              "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
                  .formatted(quoted(names.control())));
        } catch (RuntimeException e) {
          if (!databaseExists(handle, names.control())) { // else another server was faster
            throw e;
          }
        }
      }
      handle.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(quoted(names.control())));
    }
  }

  /// The control database's tables, brought up to date. The schema's comment tells which migrations
  /// it has: to load Flyway costs a second of a start that needs none of it.
  void ensureControlTables(Handle handle) {
    String present = "migrations " + Migrations.controlFingerprint();
    boolean isThere =
        exists(
            handle,
            "SELECT coalesce(obj_description(to_regnamespace('control'), 'pg_namespace') = :name, false)",
            present);
    if (!isThere) {
      Migrations.control(controlUrl());
      handle.execute("COMMENT ON SCHEMA %s IS '%s'".formatted(Migrations.CONTROL_SCHEMA, present));
    }
  }

  /// The database that tenants' databases are copies of. Its name carries the fingerprint of its
  /// migrations, so that one that exists is finished and right, and need not be entered: copying
  /// works only while nobody is connected to it.
  void ensureTemplate(Handle handle) {
    String template = names.template(fingerprint);
    if (databaseExists(handle, template)) {
      return;
    }
    if (!roleExists(handle, names.rows())) {
      handle.execute("CREATE ROLE %s NOLOGIN".formatted(quoted(names.rows())));
    }
    String making = names.templateInTheMaking();
    drop(handle, making);
    handle.execute(
        "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
            .formatted(quoted(making)));
    handle.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(quoted(making)));
    migrate(making);
    handle.execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS false".formatted(quoted(making)));
    handle.execute("ALTER DATABASE %s RENAME TO %s".formatted(quoted(making), quoted(template)));
    dropOtherTemplates(handle, template);
  }

  private void migrate(String database) {
    Migrations.tenant(operator.url().withDatabase(database));
    try (Handle inside = operator.open(database)) {
      inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
      grantRows(inside);
    }
  }

  private void grantRows(Handle inside) {
    String schema = quoted(Migrations.TENANT_SCHEMA);
    String rows = quoted(names.rows());
    for (String grant :
        List.of(
            "GRANT USAGE ON SCHEMA %s TO %s",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO %s",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %s TO %s",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %s TO %s",
            "REVOKE ALL ON %s.flyway_schema_history FROM %s")) {
      inside.execute(grant.formatted(schema, rows));
    }
  }

  void makeTenant(Handle handle, String tenantId, String password) {
    String role = quoted(names.role(tenantId));
    String database = quoted(names.database(tenantId));
    ensureTemplate(handle);
    if (!roleExists(handle, names.role(tenantId))) {
      handle.execute("CREATE ROLE %s LOGIN CONNECTION LIMIT 64".formatted(role));
    }
    handle.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password.replace("'", "''")));
    handle.execute(
        "GRANT %s TO %s%s"
            .formatted(
                quoted(names.rows()),
                role,
                operator.distinguishesMemberships() ? " WITH INHERIT TRUE, SET FALSE" : ""));
    // Who may end a role's sessions is a member of it: needed to drop its database.
    handle.execute("GRANT %s TO CURRENT_USER".formatted(role));
    if (!databaseExists(handle, names.database(tenantId))) {
      handle.execute(
          "CREATE DATABASE %s TEMPLATE %s STRATEGY wal_log ALLOW_CONNECTIONS false"
              .formatted(database, quoted(names.template(fingerprint))));
    }
    handle.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(database));
    handle.execute("GRANT CONNECT, TEMPORARY ON DATABASE %s TO %s".formatted(database, role));
    handle.execute(
        "ALTER ROLE %s IN DATABASE %s SET search_path = %s"
            .formatted(role, database, Migrations.TENANT_SCHEMA));
    handle.execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS true".formatted(database));
  }

  void removeTenant(Handle handle, String tenantId) {
    drop(handle, names.database(tenantId));
    handle.execute("DROP ROLE IF EXISTS %s".formatted(quoted(names.role(tenantId))));
  }

  /// Not by `WITH (FORCE)`: that is refused when one of the sessions is an autovacuum worker's,
  /// which only a superuser may end; the plain command sends those away itself.
  static void drop(Handle handle, String database) {
    if (!databaseExists(handle, database)) {
      return;
    }
    // A database whose removal was cut short is marked with the limit -2: it can only be dropped.
    if (!exists(
        handle,
        "SELECT EXISTS (SELECT FROM pg_database WHERE datname = :name AND datconnlimit = -2)",
        database)) {
      handle.execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS false".formatted(quoted(database)));
    }
    for (int attempt = 1; ; attempt++) {
      handle.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = ? AND usename IS NOT NULL
          """,
          database);
      try {
        handle.execute("DROP DATABASE %s".formatted(quoted(database)));
        return;
      } catch (UnableToExecuteStatementException e) {
        boolean isInUse =
            e.getCause() instanceof SQLException cause && "55006".equals(cause.getSQLState());
        if (!isInUse || attempt == 5) { // each attempt waits five seconds by itself
          throw e;
        }
      }
    }
  }

  private void dropOtherTemplates(Handle handle, String present) {
    List<String> others =
        handle
            .createQuery(
                """
                SELECT datname FROM pg_database
                WHERE starts_with(datname, :prefix) AND datname <> :present
                """)
            .bind("prefix", names.template(""))
            .bind("present", present)
            .mapTo(String.class)
            .list();
    for (String other : others) {
      drop(handle, other);
    }
  }

  private static boolean databaseExists(Handle handle, String name) {
    return exists(handle, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = :name)", name);
  }

  private static boolean roleExists(Handle handle, String name) {
    return exists(handle, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :name)", name);
  }

  private static boolean exists(Handle handle, String question, String name) {
    return handle.createQuery(question).bind("name", name).mapTo(Boolean.class).one();
  }
}
