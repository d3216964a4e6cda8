package ai.quimbi.server.store.documents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.DocumentsUnavailable;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3DocumentsTest implements DocumentsContract {
  private static final AtomicInteger TENANTS = new AtomicInteger();
  private static final DocumentKey ACME = new DocumentKey("public", Kind.USAGE, "acme-001");

  private final Tenant tenant = TestTenant.of("t-s3-" + TENANTS.incrementAndGet());
  private final S3Server server = S3Server.shared();
  private final S3Client others = server.client();
  private final Documents documents =
      new S3Documents(server.settings(), new Layout("data/{tenant}", null));

  @AfterEach
  void close() {
    documents.close();
    others.close();
  }

  @Override
  public Documents documents() {
    return documents;
  }

  @Override
  public Tenant tenant() {
    return tenant;
  }

  private void putAsOthersDo(String key, String content) {
    others.putObject(put -> put.bucket(S3Server.BUCKET).key(key), RequestBody.fromString(content));
  }

  @Test
  void objects_are_where_the_contract_says() {
    documents.put(tenant, ACME, "{}".getBytes(StandardCharsets.UTF_8));

    assertEquals(
        "{}",
        others
            .getObjectAsBytes(
                get ->
                    get.bucket(S3Server.BUCKET)
                        .key("data/" + tenant.id() + "/public/usage/acme-001.json"))
            .asUtf8String());
  }

  @Test
  void flat_objects_serve_the_owner_public_alone() {
    putAsOthersDo("data/" + tenant.id() + "/usage/acme-001.json", "flat");

    assertEquals(List.of(ACME), documents.list(tenant, Kind.USAGE, 10));
    assertArrayEquals(
        "flat".getBytes(StandardCharsets.UTF_8), documents.find(tenant, ACME).orElseThrow());
    assertEquals(
        Optional.empty(), documents.find(tenant, new DocumentKey("a", Kind.USAGE, "acme-001")));
  }

  @Test
  void hostile_ids_stay_below_the_tenants_prefix() {
    for (String name : HOSTILE) {
      documents.put(tenant, new DocumentKey(name, Kind.USAGE, name), new byte[] {3});
    }
    String own = "data/" + tenant.id() + "/";
    long below =
        others
            .listObjectsV2Paginator(l -> l.bucket(S3Server.BUCKET).prefix(own))
            .contents()
            .stream()
            .count();
    assertEquals(HOSTILE.size(), below);
  }

  @Test
  void what_others_change_is_seen_by_the_next_read() {
    String key = "data/" + tenant.id() + "/public/usage/acme-001.json";
    for (String content : List.of("one", "two", "two", "three")) {
      putAsOthersDo(key, content);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(
            content.getBytes(StandardCharsets.UTF_8), documents.find(tenant, ACME).orElseThrow());
      }
    }
  }

  @Test
  void an_unchanged_object_is_not_sent_again() throws IOException {
    byte[] large = new byte[200_000];
    try (CountingProxy proxy = CountingProxy.to(server.address());
        Documents counted =
            new S3Documents(at(proxy.address()), new Layout("data/{tenant}", null))) {
      counted.put(tenant, ACME, large);
      assertArrayEquals(large, counted.find(tenant, ACME).orElseThrow());
      long once = proxy.bytesBack();
      for (int i = 0; i < 5; i++) {
        assertArrayEquals(large, counted.find(tenant, ACME).orElseThrow());
      }

      assertTrue(once > large.length, "the first read brings it: " + once);
      assertTrue(proxy.bytesBack() - once < large.length, "five more brought " + proxy.bytesBack());
    }
  }

  private static S3Settings at(URI address) {
    S3Settings usual = S3Server.shared().settings();
    return new S3Settings(
        usual.bucket(),
        usual.region(),
        address,
        usual.isPathStyle(),
        false,
        usual.key(),
        Duration.ofSeconds(2));
  }

  @Test
  void a_dead_s3_answers_nothing_not_even_what_was_read_before() throws IOException {
    try (CountingProxy mortal = CountingProxy.to(server.address());
        Documents of = new S3Documents(at(mortal.address()), new Layout("data/{tenant}", null))) {
      of.put(tenant, ACME, new byte[] {1});
      assertArrayEquals(new byte[] {1}, of.find(tenant, ACME).orElseThrow());

      mortal.die();
      assertThrows(DocumentsUnavailable.class, () -> of.find(tenant, ACME));
      assertThrows(DocumentsUnavailable.class, () -> of.put(tenant, ACME, new byte[] {2}));
      assertThrows(DocumentsUnavailable.class, () -> of.list(tenant, Kind.USAGE, 10));
    }
    assertArrayEquals(new byte[] {1}, documents.find(tenant, ACME).orElseThrow());
  }

  @Test
  void a_silent_s3_is_given_up() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Documents of =
            new S3Documents(
                at(URI.create("http://127.0.0.1:" + silent.getLocalPort())),
                new Layout("{tenant}", null))) {
      assertThrows(DocumentsUnavailable.class, () -> of.find(tenant, ACME));
    }
  }

  @Test
  void a_bucket_that_is_not_there_is_not_an_empty_one() {
    try (Documents of =
        new S3Documents(
            server.settings("no-such-bucket", Duration.ofSeconds(5)),
            new Layout("{tenant}", null))) {
      assertThrows(DocumentsUnavailable.class, () -> of.find(tenant, ACME));
    }
  }
}
