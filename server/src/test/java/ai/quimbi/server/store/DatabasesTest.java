package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases.Limits;
import ai.quimbi.server.store.Tenants.Creation;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DatabasesTest {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Secrets SECRETS =
      Secrets.ofKey(Base64.getEncoder().encodeToString(new byte[32]));

  /// An installation of its own beside the shared one, on the same server.
  private final Limits limits =
      Limits.DEFAULT.withInstallation(
          "d" + Long.toString(ProcessHandle.current().pid(), 36) + "x" + COUNT.incrementAndGet());

  private final Names names = new Names(limits.installation());

  private static Tenant tenant(String id) {
    return new Tenant(id, id, null, ZoneId.of("UTC"), Currency.getInstance("USD"));
  }

  private Databases open(Limits how) {
    return Databases.open(TestDatabase.operator(), SECRETS, how);
  }

  @AfterEach
  void leaveNothing() {
    TestDatabase.forget(limits.installation());
  }

  private static Handle operator() {
    return Operator.at(TestDatabase.operator()).open(TestDatabase.operator().database());
  }

  private static void insert(Databases databases, String tenantId, long id) {
    databases.inTransaction(
        tenantId, handle -> handle.execute("INSERT INTO test_row VALUES (?, 'x')", id));
  }

  private static long count(Databases databases, String tenantId) {
    return databases.read(
        tenantId,
        handle -> handle.createQuery("SELECT count(*) FROM test_row").mapTo(Long.class).one());
  }

  @Test
  void opened_again_everything_is_as_it_was() {
    try (Databases databases = open(limits)) {
      databases.tenants().create(tenant("a"));
      insert(databases, "a", 1);
    }
    try (Databases databases = open(limits)) {
      assertEquals(List.of(tenant("a")), databases.tenants().list());
      assertEquals(1, count(databases, "a"));
    }
  }

  @Test
  void two_servers_that_open_at_once_both_succeed() throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> servers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String id = "of" + i;
      servers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Databases databases = open(limits)) {
                      databases.tenants().create(tenant(id));
                    } catch (RuntimeException e) {
                      synchronized (failures) {
                        failures.add(e);
                      }
                    }
                  }));
    }
    for (Thread server : servers) {
      server.join();
    }
    assertEquals(List.of(), failures);
    try (Databases databases = open(limits)) {
      assertEquals(List.of(tenant("of0"), tenant("of1")), databases.tenants().list());
    }
  }

  @Test
  void a_creation_cut_short_after_any_step_is_finished_by_the_next_start() {
    List<String> steps =
        List.of(
            "CREATE ROLE %1$s LOGIN",
            "CREATE DATABASE %2$s TEMPLATE %3$s STRATEGY wal_log ALLOW_CONNECTIONS false",
            "REVOKE ALL ON DATABASE %2$s FROM PUBLIC");
    for (int taken = 0; taken <= steps.size(); taken++) {
      String id = "cut" + taken;
      try (Databases databases = open(limits)) {
        // What a process leaves that dies after `taken` steps: the row, the password, the steps.
        databases.vault().put(id, "database-password", "0123456789abcdef");
        databases
            .control()
            .inTransaction(
                handle ->
                    handle.execute(
                        """
                        INSERT INTO tenant (tenant_id, name, time_zone, currency, state,
                          database_name, role_name, migrations)
                        VALUES (?, ?, 'UTC', 'USD', 'creating', ?, ?, ?)
                        """,
                        id,
                        id,
                        names.database(id),
                        names.role(id),
                        Migrations.tenantFingerprint()));
        try (Handle handle = operator()) {
          for (String step : steps.subList(0, taken)) {
            handle.execute(
                step.formatted(
                    Names.quoted(names.role(id)),
                    Names.quoted(names.database(id)),
                    Names.quoted(names.template(Migrations.tenantFingerprint()))));
          }
        }
        assertEquals(Optional.empty(), databases.tenants().find(id), "it cannot be used yet");
        assertThrows(NoSuchTenant.class, () -> count(databases, id));
      }
      try (Databases databases = open(limits)) {
        assertEquals(Optional.of(tenant(id)), databases.tenants().find(id));
        insert(databases, id, 1);
        assertEquals(1, count(databases, id));
      }
    }
  }

  @Test
  void a_deletion_cut_short_is_finished_by_the_next_start_or_by_making_the_tenant_anew() {
    try (Databases databases = open(limits)) {
      for (String id : List.of("a", "b")) {
        databases.tenants().create(tenant(id));
        insert(databases, id, 1);
      }
      databases
          .control()
          .inTransaction(handle -> handle.execute("UPDATE tenant SET state = 'deleting'"));

      assertEquals(new Creation.Made(tenant("b")), databases.tenants().create(tenant("b")));
      assertEquals(0, count(databases, "b"));
    }
    try (Databases databases = open(limits);
        Handle handle = operator()) {
      assertEquals(List.of(tenant("b")), databases.tenants().list());
      assertEquals(
          List.of(),
          handle
              .createQuery("SELECT datname FROM pg_database WHERE datname = :name")
              .bind("name", names.database("a"))
              .mapTo(String.class)
              .list());
    }
  }

  @Test
  void a_tenant_with_older_tables_is_brought_up_to_date_at_the_start() {
    try (Databases databases = open(limits)) {
      databases.tenants().create(tenant("old"));
      databases
          .control()
          .inTransaction(handle -> handle.execute("UPDATE tenant SET migrations = 'older'"));
    }
    try (Databases databases = open(limits)) {
      String fingerprint =
          databases
              .control()
              .read(
                  handle ->
                      handle
                          .createQuery("SELECT migrations FROM tenant")
                          .mapTo(String.class)
                          .one());
      assertEquals(Migrations.tenantFingerprint(), fingerprint);
      insert(databases, "old", 1);
    }
  }

  @Test
  void a_tenant_deleted_and_made_anew_by_another_server_is_found_again() {
    try (Databases here = open(limits);
        Databases there = open(limits)) {
      here.tenants().create(tenant("a"));
      insert(here, "a", 1);

      there.tenants().delete("a");
      assertThrows(RuntimeException.class, () -> count(here, "a"));
      assertThrows(NoSuchTenant.class, () -> count(here, "a"));

      there.tenants().create(tenant("a"));
      assertEquals(0, count(here, "a"));
    }
  }

  @Test
  void connections_stay_within_their_bound_whatever_the_tenants_do() throws Exception {
    Limits few = new Limits(limits.installation(), 2, 3, 6, 2, Duration.ofSeconds(20), nanos -> {});
    int tenants = 10;
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (Databases databases = open(few)) {
      for (int i = 0; i < tenants; i++) {
        databases.tenants().create(tenant("t" + i));
      }
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        SplittableRandom random = new SplittableRandom(caller);
        callers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < 40; i++) {
                        count(databases, "t" + random.nextInt(tenants));
                        most.accumulateAndGet(databases.openConnections(), Math::max);
                        done.incrementAndGet();
                      }
                    }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
    }
    assertEquals(320, done.get());
    assertTrue(most.get() <= 6, "at most 6, were " + most.get());
  }

  @Test
  void reads_see_one_moment_in_a_snapshot_and_cannot_write_there() throws Exception {
    try (Databases databases = open(limits)) {
      databases.tenants().create(tenant("a"));
      insert(databases, "a", 1);

      databases.snapshot(
          "a",
          handle -> {
            String question = "SELECT count(*) FROM test_row";
            long before = handle.createQuery(question).mapTo(Long.class).one();
            Thread other = Thread.ofVirtual().start(() -> insert(databases, "a", 2));
            other.join();
            assertEquals(before, handle.createQuery(question).mapTo(Long.class).one());
            return true;
          });

      assertEquals(2, count(databases, "a"));
      assertThrows(
          UnableToExecuteStatementException.class,
          () -> databases.snapshot("a", handle -> handle.execute("DELETE FROM test_row")));
    }
  }

  @Test
  void a_failure_inside_a_transaction_leaves_nothing_and_passes_as_it_is() {
    try (Databases databases = open(limits)) {
      databases.tenants().create(tenant("a"));

      assertThrows(
          ArithmeticException.class,
          () ->
              databases.inTransaction(
                  "a",
                  handle -> {
                    handle.execute("INSERT INTO test_row VALUES (1, 'x')");
                    throw new ArithmeticException("ours");
                  }));

      assertEquals(0, count(databases, "a"));
    }
  }

  @Test
  void sealed_under_a_new_key_the_passwords_still_open_the_databases() {
    byte[] bytes = new byte[32];
    bytes[0] = 1;
    Secrets next = Secrets.ofKey(Base64.getEncoder().encodeToString(bytes));
    try (Databases databases = open(limits)) {
      databases.tenants().create(tenant("a"));
      assertEquals(1, databases.vault().rotate(next.alsoOpening(SECRETS)));
      assertEquals(0, count(databases, "a"));
    }
    try (Databases databases = Databases.open(TestDatabase.operator(), next, limits)) {
      assertEquals(0, count(databases, "a"));
    }
    try (Databases databases = open(limits)) {
      assertThrows(Secrets.CannotOpen.class, () -> count(databases, "a"));
    }
  }

  @Test
  void a_server_that_is_not_there_is_unavailable_and_a_role_without_rights_unsuitable() {
    DatabaseUrl nowhere = DatabaseUrl.parse("postgresql://op:x@127.0.0.1:1/postgres");
    assertThrows(DatabaseUnavailable.class, () -> Databases.open(nowhere, SECRETS, Limits.DEFAULT));

    String role = limits.installation() + "_weak";
    try (Handle handle = operator()) {
      handle.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
      handle.execute(
          "CREATE DATABASE " + role); // where it may enter: everyone may, by PostgreSQL's default
    }
    UnsuitableDatabase refused =
        assertThrows(
            UnsuitableDatabase.class,
            () ->
                Databases.open(
                    TestDatabase.operator().withDatabase(role).withLogin(role, "x"),
                    SECRETS,
                    limits));
    assertTrue(String.valueOf(refused.getMessage()).contains("CREATEDB CREATEROLE"));
  }

  @Test
  void a_url_is_read_with_its_escapes_and_never_shows_its_password() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://me:p%40ss+1@db.example:6543/main?ssl=true");

    assertEquals(new DatabaseUrl("db.example", 6543, "main", "me", "p@ss+1", "ssl=true"), url);
    assertEquals("jdbc:postgresql://db.example:6543/main?ssl=true", url.jdbc());
    assertFalse(url.toString().contains("p@ss"));
    assertEquals(5432, DatabaseUrl.parse("jdbc:postgresql://me:p@localhost/x").port());
    for (String wrong :
        List.of("", "mysql://a:b@c/d", "postgresql://host/db", "postgresql://a:p w@h/d")) {
      var refused = assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(wrong));
      assertTrue(String.valueOf(refused.getMessage()).contains("postgresql://"), wrong);
      assertFalse(String.valueOf(refused.getMessage()).contains("p w"), wrong);
    }
  }
}
