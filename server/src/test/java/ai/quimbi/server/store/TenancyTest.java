package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Tenants.Creation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenancyTest {
  private final Databases databases = TestDatabase.databases();

  private static Tenant tenant(String id) {
    return new Tenant(
        id, "Quilts & Co", null, ZoneId.of("America/New_York"), Currency.getInstance("USD"));
  }

  @Test
  void a_tenant_is_found_listed_and_used_when_it_was_made() {
    Creation made = databases.tenants().create(tenant("quilts-co"));

    assertEquals(new Creation.Made(tenant("quilts-co")), made);
    assertEquals(Optional.of(tenant("quilts-co")), databases.tenants().find("quilts-co"));
    assertTrue(databases.tenants().list().contains(tenant("quilts-co")));
    databases.inTransaction(
        "quilts-co", handle -> handle.execute("INSERT INTO test_row VALUES (1, 'one')"));
    assertEquals("one", text("quilts-co", 1));
  }

  @Test
  void a_taken_id_changes_nothing() {
    databases.tenants().create(tenant("taken"));
    Tenant other =
        new Tenant("taken", "Other", "toys", ZoneId.of("UTC"), Currency.getInstance("EUR"));

    assertEquals(new Creation.Exists(tenant("taken")), databases.tenants().create(other));
  }

  @Test
  void a_deleted_tenant_is_gone_and_its_id_starts_empty_again() {
    databases.tenants().create(tenant("gone"));
    databases.inTransaction(
        "gone", handle -> handle.execute("INSERT INTO test_row VALUES (1, 'one')"));

    assertTrue(databases.tenants().delete("gone"));

    assertEquals(Optional.empty(), databases.tenants().find("gone"));
    assertThrows(NoSuchTenant.class, () -> text("gone", 1));
    databases.tenants().create(tenant("gone"));
    long rows =
        databases.read(
            "gone",
            handle -> handle.createQuery("SELECT count(*) FROM test_row").mapTo(Long.class).one());
    assertEquals(0, rows);
  }

  @Test
  void a_tenants_role_enters_its_own_database_and_none_of_the_others() throws SQLException {
    DatabaseUrl own = databases.tenants().address(TestDatabase.freshTenant());
    DatabaseUrl others = databases.tenants().address(TestDatabase.freshTenant());
    String control =
        databases
            .control()
            .read(handle -> handle.select("SELECT current_database()").mapTo(String.class).one());

    connect(own).close();
    for (String database : List.of(others.database(), control)) {
      SQLException refused =
          assertThrows(SQLException.class, () -> connect(own.withDatabase(database)));
      assertEquals("42501", refused.getSQLState(), refused.getMessage());
    }
  }

  @Test
  void a_tenants_role_may_neither_change_tables_nor_make_any() throws SQLException {
    DatabaseUrl url = databases.tenants().address(TestDatabase.freshTenant());

    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      for (String forbidden :
          new String[] {
            "ALTER TABLE app.test_row ADD COLUMN x int",
            "DROP TABLE app.test_row",
            "TRUNCATE app.test_row",
            "CREATE TABLE app.mine (x int)",
            "CREATE TABLE public.mine (x int)",
            "CREATE SCHEMA mine",
            "CREATE DATABASE mine",
            "CREATE ROLE mine",
            "DELETE FROM app.flyway_schema_history"
          }) {
        SQLException refused =
            assertThrows(SQLException.class, () -> statement.execute(forbidden), forbidden);
        assertEquals("42501", refused.getSQLState(), forbidden);
      }
      statement.execute("CREATE TEMPORARY TABLE staging (x int)");
    }
  }

  private String text(String tenantId, long id) {
    return databases.read(
        tenantId,
        handle ->
            handle
                .createQuery("SELECT text FROM test_row WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }
}
