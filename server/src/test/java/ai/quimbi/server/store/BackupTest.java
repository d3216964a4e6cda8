package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.embedded.Backup;
import ai.quimbi.server.store.embedded.CannotStart;
import ai.quimbi.server.store.embedded.DataFolder;
import ai.quimbi.server.store.embedded.EmbeddedPostgres;
import ai.quimbi.server.store.embedded.FolderInUse;
import ai.quimbi.server.store.embedded.KeyRotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final Tenant TENANT =
      new Tenant("shop", "Shop", null, ZoneId.of("UTC"), Currency.getInstance("USD"));

  @TempDir(factory = TestDatabase.InMemory.class)
  Path temporary;

  @Test
  void a_backup_of_a_running_server_restores_every_row_it_had() {
    DataFolder folder = TestDatabase.dataFolder(temporary.resolve("data"));
    Path backup = temporary.resolve("backup");
    List<String> before;
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim);
        var databases = open(server, folder)) {
      databases.tenants().create(TENANT);
      databases.vault().put("shop", "webhook", "s3cret");
      insert(databases, 1, 20_000);
      before = rows(databases, 20_000);

      assertTrue(Backup.create(folder, backup) > 1_000_000);

      insert(databases, 20_001, 20_010);
      assertThrows(FolderInUse.class, () -> Backup.restore(folder, backup));
    }

    Path aside = Backup.restore(folder, backup);

    assertTrue(Files.exists(aside.resolve("PG_VERSION")), "what was there is kept beside");
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim);
        var databases = open(server, folder)) {
      assertEquals(before, rows(databases, Long.MAX_VALUE));
      assertEquals("s3cret", databases.vault().find("shop", "webhook").orElseThrow());
      assertEquals(List.of(TENANT), databases.tenants().list());
    }
  }

  @Test
  void a_backup_under_load_holds_one_moment_and_restores_into_a_new_folder() throws Exception {
    DataFolder folder = TestDatabase.dataFolder(temporary.resolve("data"));
    Path backup = temporary.resolve("backup");
    AtomicLong acknowledged = new AtomicLong();
    long before;
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim);
        var databases = open(server, folder)) {
      databases.tenants().create(TENANT);
      AtomicBoolean goOn = new AtomicBoolean(true);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (long id = 1; goOn.get(); id++) {
                      insert(databases, id, id);
                      acknowledged.set(id);
                    }
                  });
      while (acknowledged.get() < 50) {
        Thread.sleep(5);
      }
      before = acknowledged.get();
      Backup.create(folder, backup);
      goOn.set(false);
      writer.join();
    }
    DataFolder other = TestDatabase.dataFolder(temporary.resolve("other"));

    Backup.restore(other, backup);

    try (var claim = other.claim("serve");
        var server = EmbeddedPostgres.start(claim);
        var databases = open(server, other)) {
      List<String> rows = rows(databases, Long.MAX_VALUE);
      assertTrue(rows.size() >= before, "what was acknowledged before the backup is in it");
      assertEquals(rows.size() + ":row " + rows.size(), rows.getLast(), "and no gap");
    }
  }

  @Test
  void the_folders_key_is_replaced_and_the_old_one_opens_nothing_more() throws IOException {
    DataFolder folder = TestDatabase.dataFolder(temporary.resolve("data"));
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim);
        var databases = open(server, folder)) {
      databases.tenants().create(TENANT);
      databases.vault().put("shop", "webhook", "s3cret");
      assertThrows(FolderInUse.class, () -> KeyRotation.ofFolder(folder, Databases.Limits.DEFAULT));
    }
    String old = Files.readString(folder.root().resolve("secret.key"));

    assertEquals(2, KeyRotation.ofFolder(folder, Databases.Limits.DEFAULT));

    assertNotEquals(old, Files.readString(folder.root().resolve("secret.key")));
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      try (var databases = open(server, folder)) {
        assertEquals("s3cret", databases.vault().find("shop", "webhook").orElseThrow());
        insert(databases, 1, 1);
      }
      try (var databases =
          Databases.open(server.operatorUrl(), Secrets.ofKey(old), Databases.Limits.DEFAULT)) {
        assertThrows(Secrets.CannotOpen.class, () -> databases.vault().find("shop", "webhook"));
      }
    }

    Secrets ofEnvironment = Secrets.ofKey(Base64.getEncoder().encodeToString(new byte[32]));
    Secrets both = ofEnvironment.alsoOpening(Secrets.inFolder(folder.root()));
    assertEquals(2, KeyRotation.ofKeys(folder, both, Databases.Limits.DEFAULT));
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim);
        var databases =
            Databases.open(server.operatorUrl(), ofEnvironment, Databases.Limits.DEFAULT)) {
      assertEquals("s3cret", databases.vault().find("shop", "webhook").orElseThrow());
    }
  }

  @Test
  void an_unfinished_backup_is_refused_and_a_full_folder_is_not_overwritten() throws IOException {
    DataFolder folder = TestDatabase.dataFolder(temporary.resolve("data"));
    Path half = temporary.resolve("half");
    Files.createDirectories(half.resolve("pg"));

    assertThrows(CannotStart.class, () -> Backup.restore(folder, half));
    assertThrows(CannotStart.class, () -> Backup.create(folder, half));
  }

  private static Databases open(EmbeddedPostgres server, DataFolder folder) {
    return Databases.open(
        server.operatorUrl(), Secrets.inFolder(folder.root()), Databases.Limits.DEFAULT);
  }

  private static void insert(Databases databases, long from, long to) {
    databases.inTransaction(
        "shop",
        handle ->
            handle.execute(
                "INSERT INTO test_row SELECT i, 'row ' || i FROM generate_series(?, ?) i",
                from,
                to));
  }

  private static List<String> rows(Databases databases, long upTo) {
    return databases.read(
        "shop",
        handle ->
            handle
                .createQuery("SELECT id || ':' || text FROM test_row WHERE id <= :to ORDER BY id")
                .bind("to", upTo)
                .mapTo(String.class)
                .list());
  }
}
