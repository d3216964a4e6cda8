package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The signatures' expected values were computed with OpenSSL and Python's hmac, not with this
/// code.
final class CopilotToolsTest {
  private static final String ENVELOPE = "{\"customerId\":\"acme-001\",\"params\":{}}";

  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CopilotTools tools(Signature version) {
    return CopilotTools.builder()
        .baseUrl(server.url())
        .client("copilot-frontend", "demo-secret")
        .signature(version)
        .clock(Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC))
        .build();
  }

  @Test
  void version_1_signs_time_client_and_body() {
    assertEquals(
        "2633401ae1bb204351f3566b87255d71017c190a36cf75457e2c345ff06a90b2",
        Signature.v1(
            "demo-secret",
            1_700_000_000_000L,
            "copilot-frontend",
            ENVELOPE.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void version_2_signs_seven_lines() {
    String canonical =
        Signature.canonical(
            "POST",
            "/tool/calculate_health",
            "",
            "copilot-frontend",
            1_700_000_000_000L,
            "000102030405060708090a0b0c0d0e0f",
            ENVELOPE.getBytes(StandardCharsets.UTF_8));

    assertEquals(
        "POST\n/tool/calculate_health\n\ncopilot-frontend\n1700000000000\n"
            + "000102030405060708090a0b0c0d0e0f\n693d673094bdc06d099662344711aa2eefbdee8b3fcbd22fbb3ecd31a6354fe7",
        canonical);
    assertEquals(
        "7e71cf604a024ef9f549bfe388f0851403cdd7ba1066db045d3c188290dd8fa9",
        Signature.v2("demo-secret", canonical));
  }

  @Test
  void a_tools_data_is_returned_and_the_request_carries_a_signature_of_its_own_body() {
    server.answers(
        200,
        "{\"ok\":true,\"data\":{\"score\":82,\"riskLevel\":\"low\",\"signals\":[]},\"error\":null}");

    assertEquals(82, tools(Signature.V1).health("acme-001").get("score").asInt());

    FaultyServer.Request sent = server.requests().get(0);
    assertEquals("/tool/calculate_health", sent.target());
    assertEquals(ENVELOPE, sent.body());
    assertEquals("1700000000000", sent.headers().get("x-timestamp"));
    assertEquals(
        "2633401ae1bb204351f3566b87255d71017c190a36cf75457e2c345ff06a90b2",
        sent.headers().get("x-signature"));
  }

  @Test
  void version_2_sends_what_it_signed() {
    server.answers(200, "{\"jobId\":\"J1\",\"status\":\"running\"}");

    tools(Signature.V2).status("J1");

    FaultyServer.Request sent = server.requests().get(0);
    String canonical =
        Signature.canonical(
            "GET",
            "/tool/status/J1",
            "",
            "copilot-frontend",
            1_700_000_000_000L,
            sent.headers().getOrDefault("x-nonce", "none was sent"),
            new byte[0]);
    assertEquals("v2=" + Signature.v2("demo-secret", canonical), sent.headers().get("x-signature"));
  }

  @Test
  void a_tool_that_failed_is_refused_with_its_code_at_any_status() {
    String missing =
        "{\"ok\":false,\"data\":null,\"error\":{\"code\":\"MISSING_DATA\",\"message\":\"none\"}}";
    server.answers(404, missing).answers(200, missing);

    for (int status : new int[] {404, 200}) {
      ApiException refused =
          assertThrows(ApiException.class, () -> tools(Signature.V1).recentTickets("nobody"));
      assertEquals("MISSING_DATA", refused.code());
      assertEquals(status, refused.status());
    }
  }

  @Test
  void a_period_outside_a_year_is_refused() {
    assertEquals(
        "periodDays",
        assertThrows(
                InvalidArgumentException.class,
                () -> tools(Signature.V1).customerUsage("acme-001", 366))
            .field());
  }
}
