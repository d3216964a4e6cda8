package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.client.CopilotTools;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.SignedCaller.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What of a request decides whether a tool is asked at all: its size, its signature, the client
/// behind it, its body. At a fixed moment: noon of 15 March 2026 in UTC.
class ToolRequestsTest {
  private static Customer quimbi;
  private static SignedCaller copilot;

  @BeforeAll
  static void tell_of_acme() {
    Acme acme = Acme.told();
    quimbi = acme.quimbi();
    copilot = acme.copilot();
  }

  @Test
  void checks_come_in_the_contracts_order_and_all_end_in_an_envelope() {
    byte[] huge = new byte[2 * 1024 * 1024];
    byte[] body = Acme.ENVELOPE.getBytes(StandardCharsets.UTF_8);
    Map<String, String> unsigned = Map.of();

    SignedCaller.expect(
        413, "INVALID_INPUT", SignedCaller.send("GET", "/tool/none", huge, unsigned));
    SignedCaller.expect(
        405, "INVALID_INPUT", SignedCaller.send("GET", "/tool/none", null, unsigned));
    SignedCaller.expect(
        405, "INVALID_INPUT", SignedCaller.send("DELETE", "/tool/none", null, unsigned));
    SignedCaller.expect(
        401, "UNAUTHORIZED", SignedCaller.send("POST", "/tool/none", body, unsigned));
    SignedCaller.expect(401, "UNAUTHORIZED", SignedCaller.send("POST", "/tool/", body, unsigned));
    SignedCaller.expect(404, "UNKNOWN_TOOL", copilot.post("/tool/none", "no json"));
    SignedCaller.expect(404, "UNKNOWN_TOOL", copilot.post("/tool/", Acme.ENVELOPE));
    SignedCaller.expect(404, "UNKNOWN_TOOL", copilot.post("/tool/a/b", Acme.ENVELOPE));
    SignedCaller.expect(400, "INVALID_INPUT", copilot.post("/tool/calculate_health", "no json"));
  }

  @Test
  void whatever_is_no_request_is_invalid_input() {
    String deep =
        "{\"customerId\":\"a\",\"params\":{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}}";
    for (String wrong :
        List.of(
            "",
            "[]",
            "null",
            "{",
            "{}{}",
            "{\"params\":{}}",
            "{\"customerId\":\"\"}",
            "{\"customerId\":7}",
            "{\"customerId\":null}",
            "{\"customerId\":\"a\\u0000\"}",
            "{\"customerId\":\"a\",\"customerId\":\"b\"}",
            "{\"customerId\":\"acme-001\",\"params\":null}",
            "{\"customerId\":\"acme-001\",\"params\":[]}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":0}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":366}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":1.5}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":\"30\"}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":null}}",
            "{\"customerId\":\"" + "x".repeat(129) + "\"}",
            deep)) {
      SignedCaller.expect(400, "INVALID_INPUT", copilot.post("/tool/get_customer_usage", wrong));
    }
    byte[] utf16 = Acme.ENVELOPE.getBytes(StandardCharsets.UTF_16LE);
    byte[] latin = "{\"customerId\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] wrong : List.of(utf16, latin)) {
      SignedCaller.expect(
          400,
          "INVALID_INPUT",
          SignedCaller.send(
              "POST", "/tool/get_customer_usage", wrong, copilot.headers(Quimbi.NOW, wrong)));
    }
    assertEquals(
        200, copilot.post("/tool/get_recent_tickets", "{\"customerId\":\"acme-001\"}").status());
    assertEquals(
        200, copilot.call("get_customer_usage", "acme-001", "{\"unheardOf\":{\"a\":1}}").status());
  }

  @Test
  void on_every_path_what_is_too_large_too_deep_or_no_text_ends_in_an_envelope() {
    byte[] huge =
        ("{\"customerId\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] utf16 = Acme.ENVELOPE.getBytes(StandardCharsets.UTF_16LE);
    byte[] latin = "{\"customerId\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    List<String> paths = new ArrayList<>(List.of("/tool/start"));
    SignedCaller.ALL_TOOLS.stream().sorted().map(tool -> "/tool/" + tool).forEach(paths::add);
    assertEquals(7, paths.size());
    for (String path : paths) {
      SignedCaller.expect(413, "INVALID_INPUT", signed(path, huge));
      SignedCaller.expect(400, "INVALID_INPUT", signed(path, utf16));
      SignedCaller.expect(400, "INVALID_INPUT", signed(path, latin));
      for (String wrong :
          List.of(
              "", "[".repeat(100) + "]".repeat(100), "{\"customerId\":\"a\",\"params\":null}")) {
        SignedCaller.expect(
            400, "INVALID_INPUT", signed(path, wrong.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static Reply signed(String path, byte[] body) {
    return SignedCaller.send("POST", path, body, copilot.headers(Quimbi.NOW, body));
  }

  @Test
  void the_window_is_exact_to_the_millisecond_at_both_ends() {
    byte[] body = Acme.ENVELOPE.getBytes(StandardCharsets.UTF_8);
    for (long millis : new long[] {-300_001, -300_000, 300_000, 300_001}) {
      Reply reply =
          SignedCaller.send(
              "POST",
              "/tool/get_contract_info",
              body,
              copilot.headers(Quimbi.NOW.plusMillis(millis), body));
      assertEquals(Math.abs(millis) > 300_000 ? 401 : 200, reply.status(), "" + millis);
    }
  }

  @Test
  void one_signature_serves_several_tools_in_one_millisecond() {
    byte[] body = Acme.ENVELOPE.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = copilot.headers(Quimbi.NOW, body);
    Set<Integer> statuses = new HashSet<>();
    for (String tool : SignedCaller.ALL_TOOLS) {
      statuses.add(SignedCaller.send("POST", "/tool/" + tool, body, headers).status());
      statuses.add(SignedCaller.send("POST", "/tool/" + tool, body, headers).status());
    }
    assertEquals(Set.of(200), statuses);
  }

  @Test
  void version_2_can_be_required_and_its_nonce_serves_once() {
    SignedCaller strict =
        SignedCaller.of(quimbi.tenant(), Set.of("public"), SignedCaller.ALL_TOOLS, true, 1000);
    byte[] body = Acme.ENVELOPE.getBytes(StandardCharsets.UTF_8);
    String path = "/tool/get_contract_info";
    Map<String, String> headers = strict.v2Headers("POST", path, "nonce-nonce-nonce-1", body);

    SignedCaller.expect(401, "UNAUTHORIZED", strict.post(path, Acme.ENVELOPE));
    assertEquals(200, SignedCaller.send("POST", path, body, headers).status());
    SignedCaller.expect(401, "UNAUTHORIZED", SignedCaller.send("POST", path, body, headers));
    Map<String, String> elsewhere =
        strict.v2Headers("POST", "/tool/get_recent_tickets", "nonce-nonce-nonce-2", body);
    SignedCaller.expect(401, "UNAUTHORIZED", SignedCaller.send("POST", path, body, elsewhere));
    // A nonce is used up only by a right signature.
    assertEquals(
        200, SignedCaller.send("POST", "/tool/get_recent_tickets", body, elsewhere).status());
  }

  @Test
  void the_shipped_client_speaks_both_versions() {
    for (ai.quimbi.client.Signature version : ai.quimbi.client.Signature.values()) {
      CopilotTools tools =
          CopilotTools.builder()
              .baseUrl("http://127.0.0.1:" + Quimbi.platform().port())
              .client(copilot.client(), copilot.secret())
              .signature(version)
              .clock(Clock.fixed(Quimbi.NOW, ZoneOffset.UTC))
              .build();
      assertEquals(93, tools.health("acme-001").path("score").asInt());
    }
  }

  @Test
  void a_rotated_secret_goes_on_beside_the_new_one_until_the_next_rotation() {
    SignedCaller before = SignedCaller.of(quimbi.tenant());
    SignedCaller after = rotated(before);
    assertEquals(200, before.call("get_contract_info", "acme-001", "{}").status());
    assertEquals(200, after.call("get_contract_info", "acme-001", "{}").status());

    SignedCaller last = rotated(after);
    // Another server remembers a client for less than a second.
    assertTrue(eventually(() -> last.call("get_contract_info", "acme-001", "{}").status() == 200));
    assertEquals(200, after.call("get_contract_info", "acme-001", "{}").status());
    SignedCaller.expect(401, "UNAUTHORIZED", before.call("get_contract_info", "acme-001", "{}"));
  }

  private static boolean eventually(BooleanSupplier claim) {
    for (int i = 0; i < 40 && !claim.getAsBoolean(); i++) {
      LockSupport.parkNanos(50_000_000);
    }
    return claim.getAsBoolean();
  }

  private static SignedCaller rotated(SignedCaller old) {
    String secret = SignedCaller.clients().rotate(old.client(), Quimbi.NOW).orElseThrow();
    return new SignedCaller(old.client(), secret);
  }

  @Test
  void a_client_sees_only_its_tools_and_waits_when_it_asked_too_often() {
    SignedCaller narrow =
        SignedCaller.of(quimbi.tenant(), Set.of("public"), Set.of("get_contract_info"), false, 3);

    SignedCaller.expect(404, "UNKNOWN_TOOL", narrow.call("calculate_health", "acme-001", "{}"));
    assertEquals(200, narrow.call("get_contract_info", "acme-001", "{}").status());
    assertEquals(200, narrow.call("get_contract_info", "acme-001", "{}").status());
    Reply refused = narrow.call("get_contract_info", "acme-001", "{}");
    SignedCaller.expect(429, "RATE_LIMITED", refused);
    assertTrue(Integer.parseInt(refused.raw().headers().firstValue("Retry-After").orElse("")) > 0);
  }
}
