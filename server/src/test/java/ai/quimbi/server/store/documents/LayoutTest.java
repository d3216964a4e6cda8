package ai.quimbi.server.store.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final Tenant TENANT = TestTenant.of("acme");
  private static final Layout LAYOUT = new Layout("data/{tenant}", null);

  private static String path(String owner, String id) {
    return LAYOUT.path(TENANT, new DocumentKey(owner, Kind.USAGE, id)).orElseThrow();
  }

  @Test
  void usual_ids_are_written_as_they_are() {
    assertEquals("data/acme/public/usage/acme-001.json", path("public", "acme-001"));
    assertEquals("data/acme/u_1@x/usage/a.b:c+d=e,f.json", path("u_1@x", "a.b:c+d=e,f"));
  }

  @Test
  void whatever_could_lead_elsewhere_is_written_out() {
    assertEquals("data/acme/%2E./usage/...json", path("..", ".."));
    assertEquals("data/acme/%75sage/usage/a%2F..%2Fb.json", path("usage", "a/../b"));
    assertEquals("data/acme/public/usage/50%25.json", path("public", "50%"));
  }

  @Test
  void no_two_keys_share_a_path_and_every_short_one_can_be_read_back() {
    String letters = "ab./\\%~:usage 😀ä-_é\u00002E".replace("\u0000", "");
    Random chance = new Random(11);
    Map<String, DocumentKey> paths = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      DocumentKey key = new DocumentKey(word(letters, chance), Kind.USAGE, word(letters, chance));
      String path = LAYOUT.path(TENANT, key).orElseThrow();
      DocumentKey other = paths.put(path, key);
      assertTrue(other == null || other.equals(key), path);
      assertTrue(path.matches("data/acme/[^/]+/usage/[^/]+\\.json"), path);
      assertFalse(path.contains("/../") || path.contains("/./"), path);
      assertEquals(
          Optional.of(key), Layout.key(path.substring("data/acme/".length()), Kind.USAGE), path);
    }
  }

  private static String word(String letters, Random chance) {
    int[] points = letters.codePoints().toArray();
    StringBuilder word = new StringBuilder();
    for (int n = 1 + chance.nextInt(4); n > 0; n--) {
      word.appendCodePoint(points[chance.nextInt(points.length)]);
    }
    return word.toString();
  }

  @Test
  void foreign_names_are_no_keys() {
    for (String foreign :
        List.of(
            "public/usage/%zz.json",
            "public/usage/%c3.json",
            "public/usage/%2e.json",
            "public/usage/a.txt",
            "public/usage/.json",
            "public/usage/x/a.json",
            "public/tickets/a.json",
            "../usage/a.json",
            "usage",
            "")) {
      assertEquals(Optional.empty(), Layout.key(foreign, Kind.USAGE), foreign);
    }
  }

  @Test
  void a_prefix_for_one_tenant_is_nobody_elses() {
    Layout own = new Layout("", "acme");
    DocumentKey key = new DocumentKey("public", Kind.CONTRACT, "x");

    assertEquals(Optional.of("public/contract/x.json"), own.path(TENANT, key));
    assertEquals(Optional.of("contract/x.json"), own.flatPath(TENANT, key));
    assertEquals(Optional.empty(), own.path(TestTenant.of("other"), key));
    assertEquals(Optional.empty(), own.flatPath(TestTenant.of("other"), key));
  }

  @Test
  void prefixes_that_tenants_would_share_or_that_lead_elsewhere_are_refused() {
    for (String wrong :
        List.of("", "data", "../{tenant}", "{tenant}/..", "/{tenant}", "{tenant}/")) {
      assertThrows(IllegalArgumentException.class, () -> new Layout(wrong, null), wrong);
    }
  }

  @Test
  void ids_are_whole_characters_without_controls() {
    for (String wrong :
        List.of("", "a\u0000", "a\nb", "\u007f", "\ud83d", "\ude00a", "x".repeat(129))) {
      assertFalse(DocumentKey.isName(wrong));
      assertThrows(
          IllegalArgumentException.class, () -> new DocumentKey("public", Kind.USAGE, wrong));
    }
  }
}
