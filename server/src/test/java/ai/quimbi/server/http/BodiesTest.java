package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bodies in both directions: packed, too large, too slow.
class BodiesTest {
  private static final String CHURN = "/api/intelligence/predict/churn";
  private static final String ORDERS = "/api/data/ingest_orders";
  private static final String CUSTOMER = "/api/customers/{customer_id}";
  private static TestDoor door;

  @BeforeAll
  static void open() {
    DoorSettings settings =
        DoorSettings.on("127.0.0.1", 0)
            .withTimes(Duration.ofSeconds(30), Duration.ofMillis(1500), Duration.ofSeconds(5));
    door = new TestDoor(settings, new SampleRoutes().all(), null, null);
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @Test
  void a_packed_body_is_read_like_a_plain_one() {
    byte[] packed = gzip("{\"customer_id\": \"cust_12345\"}".getBytes(StandardCharsets.UTF_8));
    assertEquals(200, packed(CHURN, "gzip", packed).statusCode());
    assertEquals(200, packed(CHURN, "GZIP", packed).statusCode());
  }

  @Test
  void fifty_megabytes_packed_small_are_too_large() {
    byte[] bomb = gzip(new byte[50 * Body.MEBIBYTE]);
    assertTrue(bomb.length < 100_000, "the bomb has " + bomb.length + " bytes");

    JsonNode json = TestDoor.CHECK.check("POST", CHURN, packed(CHURN, "gzip", bomb));
    JsonNode orders = TestDoor.CHECK.check("POST", ORDERS, packed(ORDERS, "gzip", bomb));

    assertEquals("PAYLOAD_TOO_LARGE", json.at("/error/code").asText());
    assertEquals(Body.USUAL_MAX_BYTES, json.at("/error/details/max_bytes").asInt());
    assertEquals("PAYLOAD_TOO_LARGE", orders.at("/error/code").asText());
  }

  @Test
  void what_is_not_gzip_is_invalid_and_other_codings_are_not_understood() {
    byte[] whole = gzip("{\"customer_id\": \"cust_12345\"}".getBytes(StandardCharsets.UTF_8));
    byte[] half = Arrays.copyOf(whole, whole.length - 5);
    assertRefused(packed(CHURN, "gzip", "{}".getBytes(StandardCharsets.UTF_8)), 422);
    assertRefused(packed(CHURN, "gzip", half), 422);
    assertRefused(packed(CHURN, "gzip", new byte[0]), 422);
    HttpResponse<byte[]> brotli = packed(CHURN, "br", whole);
    assertRefused(brotli, 415);
    assertEquals("gzip", brotli.headers().firstValue("Accept-Encoding").orElse("none"));
    assertRefused(packed(CHURN, "gzip, gzip", whole), 415);
  }

  private static void assertRefused(HttpResponse<byte[]> response, int status) {
    TestDoor.CHECK.check("POST", CHURN, response);
    assertEquals(status, response.statusCode());
  }

  private static HttpResponse<byte[]> packed(String path, String encoding, byte[] body) {
    return door.send(
        door.request(path)
            .header("X-API-Key", TestDoor.FULL)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void a_long_answer_is_packed_for_who_accepts_it() throws IOException {
    HttpResponse<byte[]> plain = door.get(TestDoor.FULL, "/api/customers/long");
    HttpResponse<byte[]> packed = accepting("gzip, deflate, br", "long");

    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse("none"));
    assertEquals("Accept-Encoding, Origin", packed.headers().firstValue("Vary").orElse("none"));
    assertEquals("Accept-Encoding, Origin", plain.headers().firstValue("Vary").orElse("none"));
    assertTrue(packed.body().length < plain.body().length / 10);
    byte[] inflated = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
    TestDoor.CHECK.check("GET", CUSTOMER, 200, packed.headers().map(), inflated);
    assertEquals(
        new String(plain.body(), StandardCharsets.UTF_8),
        new String(inflated, StandardCharsets.UTF_8));
    for (String refusal : new String[] {"identity", "gzip;q=0", "br", "gzip;q=0.0, br"}) {
      assertEquals(
          "none",
          accepting(refusal, "long").headers().firstValue("Content-Encoding").orElse("none"));
    }
    assertEquals(
        "none", accepting("gzip", "a").headers().firstValue("Content-Encoding").orElse("none"));
  }

  private static HttpResponse<byte[]> accepting(String encodings, String id) {
    return door.send(
        door.request("/api/customers/" + id)
            .header("X-API-Key", TestDoor.FULL)
            .header("Accept-Encoding", encodings));
  }

  @Test
  void head_gives_the_headers_of_get_without_its_body() {
    HttpResponse<byte[]> get = door.get(TestDoor.FULL, "/api/customers/a");
    HttpResponse<byte[]> head =
        door.send(door.request("/api/customers/a").header("X-API-Key", TestDoor.FULL).HEAD());
    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
    for (String name : new String[] {"Content-Length", "Content-Type", "Cache-Control"}) {
      assertEquals(get.headers().firstValue(name), head.headers().firstValue(name), name);
    }
    HttpResponse<byte[]> refused = door.send(door.request("/api/customers/a").HEAD());
    assertEquals(401, refused.statusCode());
    assertEquals(0, refused.body().length);
  }

  @Test
  void a_body_that_stops_coming_is_answered_408() throws IOException {
    RawHttp.Reply reply = slowly(20, 0, 0);
    assertEquals(408, reply.status(), reply.toString());
    JsonNode json = Wire.JSON.readTree(reply.body());
    TestDoor.CHECK.checkEnvelope("stalled", 408, reply.headers(), json);
  }

  @Test
  void a_body_that_drips_is_cut_off_though_it_never_stops() throws IOException {
    long start = System.nanoTime();
    RawHttp.Reply reply = slowly(100_000, 40, 200);
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertEquals(408, reply.status(), reply.toString());
    assertTrue(seconds < 8, "took " + seconds + " s");
  }

  /// Announces a body and sends `drips` bytes of it, one every `pauseMillis`.
  private static RawHttp.Reply slowly(int announced, int drips, int pauseMillis)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
      socket.setSoTimeout(8000);
      OutputStream out = socket.getOutputStream();
      String head =
          "POST "
              + CHURN
              + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nX-API-Key: "
              + TestDoor.FULL
              + "\r\nContent-Length: "
              + announced
              + "\r\n\r\n{";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      Thread drip =
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < drips; i++) {
                    Thread.sleep(pauseMillis);
                    out.write(' ');
                  }
                } catch (IOException | InterruptedException answered) {
                  // the door has spoken
                }
              });
      RawHttp.Reply reply = RawHttp.reply(socket.getInputStream());
      drip.interrupt();
      return reply;
    }
  }

  @Test
  void a_head_that_drips_is_cut_off_too() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
      OutputStream out = socket.getOutputStream();
      out.write("GET /health/live HTTP/1.1\r\nHost: a\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      int drips = 0;
      try {
        for (; drips < 60; drips++) {
          out.write('a');
          Thread.sleep(100);
        }
      } catch (IOException closed) {
        // as it should be
      }
      assertTrue(drips < 60, "the connection lived for " + drips + " drips");
      assertTrue(drips > 10, "it was closed too soon, after " + drips + " drips");
    }
    assertEquals(200, door.get(TestDoor.FULL, "/api/customers/a").statusCode());
  }

  @Test
  void a_client_that_goes_away_breaks_nothing() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
        socket.setSoLinger(true, 0);
        String half =
            "POST "
                + CHURN
                + " HTTP/1.1\r\nHost: a\r\nX-API-Key: "
                + TestDoor.FULL
                + "\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"cust";
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      }
    }
    assertEquals(200, door.get(TestDoor.FULL, "/api/customers/a").statusCode());
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }
}
