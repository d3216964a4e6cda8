package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is not even HTTP gets the envelope, too, or a closed connection; never a 5xx, never a page
/// of Jetty's.
class MalformedHttpTest {
  private static final String HEAD = "Host: a\r\nX-API-Key: " + TestDoor.FULL + "\r\n";
  private static final String JSON = HEAD + "Content-Type: application/json\r\n";
  private static final String CHURN = "POST /api/intelligence/predict/churn HTTP/1.1\r\n";
  private static final String END = "Connection: close\r\n\r\n";

  /// These leave the server waiting for more, so they say that nothing more will come.
  private static final Set<String> UNFINISHED =
      Set.of("no line at all", "a half body", "a chunk too long");

  private static TestDoor door;

  @BeforeAll
  static void open() {
    door = new TestDoor(new SampleRoutes().all());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static Map<String, String> corpus() {
    Map<String, String> corpus = new LinkedHashMap<>();
    corpus.put("no line at all", "\r\n\r\n\r\n");
    corpus.put("not a request", "hello\r\n\r\n");
    corpus.put("no version", "GET /health/live\r\n\r\n");
    corpus.put("version 0.9", "GET /health/live HTTP/0.9\r\n" + HEAD + END);
    corpus.put("version 2.0 in text", "GET /health/live HTTP/2.0\r\n" + HEAD + END);
    corpus.put("version 3.7", "GET /health/live HTTP/3.7\r\n" + HEAD + END);
    corpus.put("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    corpus.put("no Host", "GET /health/live HTTP/1.1\r\n" + END);
    corpus.put("two Hosts", "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + END);
    corpus.put("a Host that is none", "GET /health/live HTTP/1.1\r\nHost: a b\r\n" + END);
    corpus.put("a NUL in the path", "GET /health/\0live HTTP/1.1\r\n" + HEAD + END);
    corpus.put("a NUL in a header", "GET /health/live HTTP/1.1\r\nX: a\0b\r\n" + HEAD + END);
    corpus.put("a header without colon", "GET /health/live HTTP/1.1\r\nNonsense\r\n" + HEAD + END);
    corpus.put("a folded header", "GET /health/live HTTP/1.1\r\nX: a\r\n b\r\n" + HEAD + END);
    corpus.put("a space before the colon", "GET /a HTTP/1.1\r\nX : a\r\n" + HEAD + END);
    corpus.put("two lengths", CHURN + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n" + END);
    corpus.put(
        "length and chunks",
        CHURN + JSON + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + END + "0\r\n\r\n");
    corpus.put("a length of letters", CHURN + JSON + "Content-Length: two\r\n" + END + "{}");
    corpus.put("a negative length", CHURN + JSON + "Content-Length: -2\r\n" + END + "{}");
    corpus.put(
        "a length past all", CHURN + JSON + "Content-Length: 99999999999999999999\r\n" + END);
    corpus.put("an unknown coding", CHURN + JSON + "Transfer-Encoding: gzip\r\n" + END);
    corpus.put(
        "a chunk of no size", CHURN + JSON + "Transfer-Encoding: chunked\r\n" + END + "x\r\n");
    corpus.put(
        "a chunk too long",
        CHURN + JSON + "Transfer-Encoding: chunked\r\n" + END + "fffffffff\r\n");
    corpus.put("an address of 40,000", "GET /" + "a".repeat(40_000) + " HTTP/1.1\r\n" + HEAD + END);
    corpus.put(
        "headers of 40,000", "GET /a HTTP/1.1\r\nX: " + "a".repeat(40_000) + "\r\n" + HEAD + END);
    corpus.put("a thousand headers", "GET /a HTTP/1.1\r\n" + "X: a\r\n".repeat(4000) + HEAD + END);
    corpus.put("a method of symbols", "G@T /health/live HTTP/1.1\r\n" + HEAD + END);
    corpus.put("an unknown method", "BREW /api/customers HTTP/1.1\r\n" + HEAD + END);
    corpus.put("TRACE", "TRACE /api/customers HTTP/1.1\r\n" + HEAD + END);
    corpus.put("CONNECT", "CONNECT elsewhere:443 HTTP/1.1\r\n" + HEAD + END);
    corpus.put("PATCH", "PATCH /api/customers HTTP/1.1\r\n" + HEAD + END);
    corpus.put("a bad percent", "GET /api/customers/%zz HTTP/1.1\r\n" + HEAD + END);
    corpus.put("half a percent", "GET /api/customers/50% HTTP/1.1\r\n" + HEAD + END);
    corpus.put("an encoded NUL", "GET /api/customers/a%00b HTTP/1.1\r\n" + HEAD + END);
    corpus.put("overlong UTF-8", "GET /api/customers/%c0%af HTTP/1.1\r\n" + HEAD + END);
    corpus.put("a half pair", "GET /api/customers/%ed%a0%80 HTTP/1.1\r\n" + HEAD + END);
    corpus.put("UTF-16 percent", "GET /api/customers/%u0041 HTTP/1.1\r\n" + HEAD + END);
    corpus.put("raw Latin-1", "GET /api/customers/\u00e9 HTTP/1.1\r\n" + HEAD + END);
    corpus.put("an absolute address", "GET http://other/api/nope HTTP/1.1\r\n" + HEAD + END);
    corpus.put("a path of dots", "GET /../../etc/passwd HTTP/1.1\r\n" + HEAD + END);
    corpus.put("an encoded slash as route", "GET /api%2Fcustomers HTTP/1.1\r\n" + HEAD + END);
    corpus.put("a bad query", "GET /api/customers?cursor=%zz HTTP/1.1\r\n" + HEAD + END);
    corpus.put("NUL in a query", "GET /api/customers?cursor=%00 HTTP/1.1\r\n" + HEAD + END);
    corpus.put("Latin-1 in a query", "GET /api/customers?cursor=%e9 HTTP/1.1\r\n" + HEAD + END);
    corpus.put("no number in a query", "GET /api/customers?limit=1e3 HTTP/1.1\r\n" + HEAD + END);
    corpus.put("an unknown expectation", CHURN + JSON + "Expect: miracles\r\n" + END);
    corpus.put("a half body", CHURN + JSON + "Content-Length: 50\r\n" + END + "{}");
    corpus.put("an upgrade", "GET /nope HTTP/1.1\r\nUpgrade: websocket\r\n" + HEAD + END);
    return corpus;
  }

  @TestFactory
  List<DynamicTest> every_malformed_request_gets_the_envelope_or_a_closed_connection() {
    List<DynamicTest> tests = new ArrayList<>();
    corpus()
        .forEach((name, text) -> tests.add(DynamicTest.dynamicTest(name, () -> check(name, text))));
    return tests;
  }

  private static void check(String name, String text) throws IOException {
    RawHttp.Reply reply =
        UNFINISHED.contains(name) ? halfClosed(text) : RawHttp.say(door.door.port(), text);
    if (reply.status() == 0) {
      assertTrue(reply.closed(), name + ": neither an answer nor a closed connection");
      assertEquals("", reply.body(), name);
      return;
    }
    assertTrue(reply.status() >= 400 && reply.status() < 500, name + " -> " + reply);
    JsonNode json = Wire.JSON.readTree(reply.body());
    TestDoor.CHECK.checkEnvelope(name + " -> " + reply, reply.status(), reply.headers(), json);
  }

  private static RawHttp.Reply halfClosed(String text) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
      socket.setSoTimeout(4000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return RawHttp.reply(socket.getInputStream());
    }
  }

  @Test
  void a_hello_of_tls_is_refused() throws IOException {
    byte[] hello = HexFormat.of().parseHex("16030100a5010000a10303" + "ab".repeat(150));
    RawHttp.Reply reply = RawHttp.say(door.door.port(), hello);
    assertTrue(reply.status() == 400 || (reply.status() == 0 && reply.closed()), "" + reply);
  }

  @Test
  void five_hundred_mutated_requests_never_give_a_5xx() throws IOException {
    Random random = new Random(20261121);
    String good =
        CHURN + JSON + "Content-Length: 19\r\nConnection: close\r\n\r\n{\"customer_id\":\"a\"}";
    for (int i = 0; i < 500; i++) {
      byte[] bytes = good.getBytes(StandardCharsets.US_ASCII);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length - 30)] = (byte) random.nextInt(256);
      }
      RawHttp.Reply reply = halfClosed(new String(bytes, StandardCharsets.ISO_8859_1));
      assertTrue(reply.status() < 500, "seed 20261121, request " + i + " -> " + reply);
      if (reply.status() >= 400) {
        JsonNode json = Wire.JSON.readTree(reply.body());
        TestDoor.CHECK.checkEnvelope("request " + i, reply.status(), reply.headers(), json);
      }
    }
  }
}
