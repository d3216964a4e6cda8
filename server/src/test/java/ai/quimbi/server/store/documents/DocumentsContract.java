package ai.quimbi.server.store.documents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.DocumentsUnavailable;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What every store of documents promises.
interface DocumentsContract {
  /// Ids that ask for a way out, that look like another, or that no disk has names for.
  List<String> HOSTILE =
      List.of(
          "..",
          ".",
          "...",
          "../..",
          "../../etc/passwd",
          "/etc/passwd",
          "..\\..\\boot.ini",
          "%2e%2e",
          "%2E%2E%2F",
          "%2F",
          "50%",
          "a/b",
          "a%2Fb",
          "a//b",
          "usage",
          "%75sage",
          "exports/x",
          "~",
          "~".repeat(64),
          "-rf",
          "*",
          "?x=1#y",
          "x.json",
          ".json",
          " ",
          "a b",
          "a+b",
          "ä",
          "a\u0308",
          "\u202egpj.exe",
          "😀",
          "😀".repeat(64),
          "x".repeat(128),
          "x".repeat(127) + "y",
          "'; DROP TABLE app.document; --");

  Documents documents();

  Tenant tenant();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String text(DocumentKey key) {
    return documents()
        .find(tenant(), key)
        .map(b -> new String(b, StandardCharsets.UTF_8))
        .orElse("absent");
  }

  private static DocumentKey usage(String id) {
    return new DocumentKey("public", Kind.USAGE, id);
  }

  @Test
  default void what_was_put_is_found_as_it_was() {
    byte[] content = new byte[10_000];
    new Random(5).nextBytes(content);

    documents().put(tenant(), usage("acme-001"), content);

    assertArrayEquals(content, documents().find(tenant(), usage("acme-001")).orElseThrow());
  }

  @Test
  default void what_nobody_put_is_absent() {
    assertTrue(documents().find(tenant(), usage("nobody")).isEmpty());
    documents().delete(tenant(), usage("nobody"));
  }

  @Test
  default void the_next_read_sees_what_was_put_over_it_and_that_it_was_removed() {
    documents().put(tenant(), usage("changes"), bytes("one"));
    assertEquals("one", text(usage("changes")));
    documents().put(tenant(), usage("changes"), bytes("two"));
    assertEquals("two", text(usage("changes")));
    documents().delete(tenant(), usage("changes"));
    assertEquals("absent", text(usage("changes")));
    documents().put(tenant(), usage("changes"), bytes("one"));
    assertEquals("one", text(usage("changes")));
  }

  @Test
  default void an_empty_document_is_there() {
    documents().put(tenant(), usage("empty"), new byte[0]);

    assertEquals("", text(usage("empty")));
  }

  @Test
  default void no_id_and_no_owner_however_hostile_reaches_anothers_document() {
    Map<DocumentKey, String> told = new java.util.LinkedHashMap<>();
    for (String name : HOSTILE) {
      told.put(new DocumentKey("public", Kind.TICKETS, name), "id " + name);
      told.put(new DocumentKey(name, Kind.TICKETS, "same"), "owner " + name);
    }
    told.forEach((key, content) -> documents().put(tenant(), key, bytes(content)));

    told.forEach((key, content) -> assertEquals(content, text(key), key.toString()));
  }

  @Test
  default void kinds_owners_and_tenants_do_not_see_each_others_documents() {
    documents().put(tenant(), usage("shared-id"), bytes("mine"));

    assertEquals("absent", text(new DocumentKey("public", Kind.CONTRACT, "shared-id")));
    assertEquals("absent", text(new DocumentKey("alice", Kind.USAGE, "shared-id")));
    assertTrue(documents().find(other(), usage("shared-id")).isEmpty());
    assertTrue(
        documents().list(other(), Kind.USAGE, 100).stream()
            .noneMatch(key -> key.id().equals("shared-id")));
  }

  private static Tenant other() {
    return Others.OTHER;
  }

  /// A tenant that puts nothing.
  final class Others {
    static final Tenant OTHER = TestTenant.of(TestDatabase.freshTenant());

    private Others() {}
  }

  @Test
  default void a_list_names_what_is_there_of_a_kind_and_no_more_than_asked_for() {
    for (String owner : List.of("public", "alice", "..", "contract")) {
      for (String id : List.of("a", "a/b", "..")) {
        documents().put(tenant(), new DocumentKey(owner, Kind.CONTRACT, id), bytes("x"));
      }
    }
    documents().put(tenant(), new DocumentKey("public", Kind.EXPORT, "a"), bytes("x"));

    List<DocumentKey> all = documents().list(tenant(), Kind.CONTRACT, 100);
    assertEquals(12, all.size());
    assertEquals(12, new HashSet<>(all).size());
    assertTrue(all.contains(new DocumentKey("..", Kind.CONTRACT, "a/b")));
    assertEquals(all.subList(0, 5), documents().list(tenant(), Kind.CONTRACT, 5));
    assertEquals(
        List.of(new DocumentKey("public", Kind.EXPORT, "a")),
        documents().list(tenant(), Kind.EXPORT, 100));
  }

  @Test
  default void what_is_too_large_is_refused() {
    assertThrows(
        DocumentsUnavailable.class,
        () -> documents().put(tenant(), usage("large"), new byte[Documents.MAX_BYTES + 1]));
    assertEquals("absent", text(usage("large")));
  }

  @Test
  default void a_reader_sees_the_old_content_or_the_new_and_never_a_half() throws Exception {
    Map<String, String> seen = new TreeMap<>();
    documents().put(tenant(), usage("torn"), bytes("a".repeat(50_000)));
    CountDownLatch done = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    String content = (i % 2 == 0 ? "b" : "a").repeat(50_000);
                    documents().put(tenant(), usage("torn"), bytes(content));
                  }
                  done.countDown();
                }));
    while (done.getCount() > 0) {
      String content = text(usage("torn"));
      seen.put(content.substring(0, 1), content);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (Map.Entry<String, String> one : seen.entrySet()) {
      assertTrue(one.getKey().matches("[ab]"), one.getKey());
      assertEquals(one.getKey().repeat(50_000), one.getValue());
    }
  }
}
