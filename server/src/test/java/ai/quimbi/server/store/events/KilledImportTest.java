package ai.quimbi.server.store.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An import in a Java of its own is killed without warning and run again.
class KilledImportTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final int CHUNKS = 40;
  private static final int CHUNK = 200;
  private static final int CUSTOMERS = 300;

  private static final Databases.Limits LIMITS =
      Databases.Limits.DEFAULT.withInstallation(
          "kill" + Long.toString(ProcessHandle.current().pid(), 36));

  @TempDir private Path secrets;

  @Test
  void a_killed_import_leaves_nothing_wrong_and_is_resumed_by_running_it_again()
      throws IOException, InterruptedException {
    try (Databases databases =
        Databases.open(TestDatabase.operator(), Secrets.inFolder(secrets), LIMITS)) {
      Tenant tenant = tenant(databases, "imported");
      Customers customers = new Customers(databases);

      int acknowledged = 0;
      for (int killAfter : new int[] {3, 9, CHUNKS}) {
        acknowledged = importAndKill(tenant, killAfter);
        long stored = customers.counts(tenant).orders();
        assertTrue(stored >= (long) acknowledged * CHUNK, "no acknowledged chunk is lost");
        assertProfilesAreTheirHistories(customers, tenant);
      }
      assertEquals(CHUNKS, acknowledged);
      assertEquals((long) CHUNKS * CHUNK, customers.counts(tenant).orders());
      assertEquals(CUSTOMERS, new Imports(databases).settle(tenant, NOW, done -> {}));

      Tenant told = tenant(databases, "told");
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        new Orders(databases).ingest(told, chunk(chunk), NOW, OnError.REFUSE_ALL, RateLookup.NONE);
      }
      assertEquals(customers.list(told, 1_000, null), customers.list(tenant, 1_000, null));
      databases.tenants().delete(tenant.id());
      databases.tenants().delete(told.id());
    }
  }

  private static Tenant tenant(Databases databases, String id) {
    Tenant tenant = new Tenant(id, id, null, ZoneId.of("UTC"), Currency.getInstance("USD"));
    databases.tenants().create(tenant);
    return tenant;
  }

  private static void assertProfilesAreTheirHistories(Customers customers, Tenant tenant) {
    for (Customers.Entry entry : customers.list(tenant, 1_000, null)) {
      assertEquals(
          customers.history(tenant, entry.customerId()).profile(Orders.ledger(tenant)),
          entry.profile());
    }
  }

  // Returns how many chunks the child acknowledged.
  private int importAndKill(Tenant tenant, int killAfter) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                tenant.id(),
                LIMITS.installation(),
                secrets.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // A password is not for the list of processes.
    DatabaseUrl operator = TestDatabase.operator();
    try (var stdin = child.outputWriter()) {
      stdin.write(operator.host() + "\n" + operator.port() + "\n" + operator.database() + "\n");
      stdin.write(operator.user() + "\n" + operator.password() + "\n" + operator.options() + "\n");
    }
    int acknowledged = 0;
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("chunk")) {
          acknowledged++;
        }
        if (acknowledged >= killAfter) {
          child.destroyForcibly();
          break;
        }
      }
    }
    child.waitFor();
    return acknowledged;
  }

  private static List<Order> chunk(int number) {
    List<Order> chunk = new ArrayList<>();
    for (int i = 0; i < CHUNK; i++) {
      int id = number * CHUNK + i;
      chunk.add(Told.order("o" + id, "c" + id * 7 % CUSTOMERS, id % 90 + ".50"));
    }
    return chunk;
  }

  /// Imports chunk after chunk and says so after each.
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      Scanner told = new Scanner(System.in, StandardCharsets.UTF_8);
      DatabaseUrl operator =
          new DatabaseUrl(
              told.nextLine(),
              Integer.parseInt(told.nextLine()),
              told.nextLine(),
              told.nextLine(),
              told.nextLine(),
              told.nextLine());
      Databases databases =
          Databases.open(
              operator,
              Secrets.inFolder(Path.of(args[2])),
              Databases.Limits.DEFAULT.withInstallation(args[1]));
      Tenant tenant = databases.tenants().find(args[0]).orElseThrow();
      Imports imports = new Imports(databases);
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        imports.chunk(tenant, chunk(chunk), NOW, RateLookup.NONE);
        System.out.println("chunk");
      }
    }
  }
}
