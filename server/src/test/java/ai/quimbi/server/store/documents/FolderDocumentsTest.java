package ai.quimbi.server.store.documents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.DocumentsUnavailable;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDocumentsTest implements DocumentsContract {
  private static final Tenant TENANT = TestTenant.of("t-folder");
  private static final DocumentKey ACME = new DocumentKey("public", Kind.USAGE, "acme-001");

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void make_the_folder() throws IOException {
    folder = Files.createDirectory(parent.toRealPath().resolve("documents"));
  }

  @Override
  public Documents documents() {
    return new FolderDocuments(folder, new Layout("{tenant}", null));
  }

  @Override
  public Tenant tenant() {
    return TENANT;
  }

  @Test
  void files_are_where_the_contract_says() throws IOException {
    documents().put(TENANT, ACME, new byte[] {1});

    assertArrayEquals(
        new byte[] {1}, Files.readAllBytes(folder.resolve("t-folder/public/usage/acme-001.json")));
  }

  @Test
  void flat_files_serve_the_owner_public_alone() throws IOException {
    Files.createDirectories(folder.resolve("t-folder/usage"));
    Files.write(folder.resolve("t-folder/usage/acme-001.json"), new byte[] {2});

    assertEquals(List.of(ACME), documents().list(TENANT, Kind.USAGE, 10));
    assertArrayEquals(new byte[] {2}, documents().find(TENANT, ACME).orElseThrow());
    assertEquals(
        Optional.empty(),
        documents().find(TENANT, new DocumentKey("alice", Kind.USAGE, "acme-001")));
    assertEquals(
        Optional.empty(),
        documents().find(TENANT, new DocumentKey("usage", Kind.USAGE, "acme-001")));
  }

  @Test
  void hostile_ids_leave_nothing_outside_the_tenants_folder() throws IOException {
    for (String name : HOSTILE) {
      documents().put(TENANT, new DocumentKey(name, Kind.USAGE, name), new byte[] {3});
    }
    try (Stream<Path> all = Files.walk(parent.toRealPath())) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertEquals(HOSTILE.size(), files.size());
      assertTrue(files.stream().allMatch(file -> file.startsWith(folder.resolve("t-folder"))));
    }
  }

  @Test
  void links_are_not_followed_out_of_the_folder() throws IOException {
    Path secret = Files.writeString(parent.resolve("secret"), "{}");
    Path usage = Files.createDirectories(folder.resolve("t-folder/public/usage"));
    Files.createSymbolicLink(usage.resolve("acme-001.json"), secret);
    Files.createSymbolicLink(folder.resolve("t-folder/alice"), parent);
    Files.createDirectories(parent.resolve("usage"));
    Files.writeString(parent.resolve("usage/x.json"), "{}");

    assertEquals(Optional.empty(), documents().find(TENANT, ACME));
    DocumentKey linked = new DocumentKey("alice", Kind.USAGE, "x");
    assertEquals(Optional.empty(), documents().find(TENANT, linked));
    assertThrows(DocumentsUnavailable.class, () -> documents().put(TENANT, linked, new byte[] {1}));
  }

  @Test
  void a_folder_that_is_gone_is_not_an_empty_one() throws IOException {
    Documents documents = documents();
    Files.delete(folder);

    assertThrows(DocumentsUnavailable.class, () -> documents.find(TENANT, ACME));
    assertThrows(DocumentsUnavailable.class, () -> documents.put(TENANT, ACME, new byte[] {1}));
    assertThrows(DocumentsUnavailable.class, () -> documents.list(TENANT, Kind.USAGE, 10));
  }
}
