package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path folder;

  private static Secrets key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Secrets.ofKey(Base64.getEncoder().encodeToString(key));
  }

  @Test
  void what_was_sealed_opens_with_the_same_key_and_purpose_only() {
    byte[] content = key(1).seal("acme/webhook", "s3cret");

    assertEquals("s3cret", key(1).open("acme/webhook", content));
    assertThrows(Secrets.CannotOpen.class, () -> key(1).open("other/webhook", content));
    assertThrows(Secrets.CannotOpen.class, () -> key(2).open("acme/webhook", content));
  }

  @Test
  void any_changed_byte_is_noticed() {
    byte[] content = key(1).seal("p", "s3cret");
    for (int i = 0; i < content.length; i++) {
      byte[] changed = content.clone();
      changed[i] ^= 1;
      assertThrows(Secrets.CannotOpen.class, () -> key(1).open("p", changed), "byte " + i);
    }
    assertThrows(Secrets.CannotOpen.class, () -> key(1).open("p", new byte[0]));
  }

  @Test
  void the_same_secret_is_never_sealed_the_same() {
    assertFalse(Arrays.equals(key(1).seal("p", "s"), key(1).seal("p", "s")));
  }

  @Test
  void the_folders_key_is_made_once_and_for_its_owner_only() throws IOException {
    byte[] content = Secrets.of(null, folder).seal("p", "s3cret");

    assertEquals("s3cret", Secrets.of("", folder).open("p", content));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))));
  }

  @Test
  void a_key_of_the_wrong_length_is_refused_with_the_command_that_makes_one() {
    var refused = assertThrows(IllegalArgumentException.class, () -> Secrets.ofKey("c2hvcnQ="));
    assertTrue(String.valueOf(refused.getMessage()).contains("openssl rand -base64 32"));
    assertThrows(IllegalArgumentException.class, () -> Secrets.ofKey("not base64!"));
  }

  @Test
  void a_rotation_can_be_cut_short_anywhere() {
    byte[] old = Secrets.inFolder(folder).seal("p", "before");
    byte[] fresh = Secrets.beginRotation(folder).seal("p", "after");

    Secrets restarted = Secrets.inFolder(folder);
    assertEquals("before", restarted.open("p", old));
    assertEquals("after", restarted.open("p", fresh));

    Secrets.beginRotation(folder);
    Secrets.finishRotation(folder);
    Secrets finished = Secrets.inFolder(folder);
    assertEquals("after", finished.open("p", fresh));
    assertThrows(Secrets.CannotOpen.class, () -> finished.open("p", old));
  }

  @Test
  void the_vault_keeps_secrets_encrypted_and_apart() {
    Databases databases = TestDatabase.databases();
    String tenant = TestDatabase.freshTenant();
    databases.vault().put(tenant, "webhook", "s3cret");

    assertEquals(Optional.of("s3cret"), databases.vault().find(tenant, "webhook"));
    assertEquals(Optional.empty(), databases.vault().find("other", "webhook"));
    byte[] stored =
        databases
            .control()
            .read(
                handle ->
                    handle
                        .createQuery("SELECT sealed FROM secret WHERE name = :name")
                        .bind("name", tenant + "/webhook")
                        .mapTo(byte[].class)
                        .one());
    String hex = HexFormat.of().formatHex(stored);
    assertFalse(
        hex.contains(
            HexFormat.of().formatHex("s3cret".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    assertTrue(databases.vault().delete(tenant, "webhook"));
    assertEquals(Optional.empty(), databases.vault().find(tenant, "webhook"));
  }
}
