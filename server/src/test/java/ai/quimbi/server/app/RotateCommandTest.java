package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./quimbi rotate-secret-key` as a person types it.
class RotateCommandTest {
  @TempDir private Path folder;

  @Test
  void the_folders_key_is_replaced_and_its_tenants_are_still_read() throws Exception {
    String data = folder.resolve("data").toString();
    assertEquals(0, Typed.run("tenant", "add", "shop", "--data", data).code());
    Path key = folder.resolve("data/secret.key");
    String before = Files.readString(key);

    Typed rotated = Typed.run("rotate-secret-key", "--data", data, "--json");

    assertEquals(0, rotated.code(), rotated.err());
    assertTrue(rotated.out().contains("\"secrets\":1"), rotated.out());
    assertNotEquals(before, Files.readString(key));
    Typed read = Typed.run("key", "add", "--tenant", "shop", "--data", data);
    assertEquals(0, read.code(), read.err());
  }

  @Test
  void an_old_key_without_a_new_one_is_refused_with_the_reason() {
    String data = folder.resolve("data").toString();

    Typed refused = Typed.run("rotate-secret-key", "--data", data, "--old-key", "old.txt");

    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("QUIMBI_SECRET_KEY"), refused.err());
  }
}
