package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class StreamingTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

  private FaultyServer server;
  private final List<ServerEvent> events = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void plan(Duration timeout) {
    QuimbiClient.builder()
        .baseUrl(server.url())
        .apiKey("k")
        .timeout(timeout)
        .build()
        .streamPlan("How is Acme?", Optional.of("acme-001"), events::add);
  }

  private void plan() {
    plan(Duration.ofSeconds(5));
  }

  @Test
  void a_plan_comes_event_by_event_and_one_cut_off_is_none() {
    server.writes(
        HEAD
            + ": hello\n\nevent: plan\r\ndata: {\"steps\":[1,\ndata: 2]}\r\n\r\n"
            + "data: plain ✂ text\n\nid: 7\nevent: empty\n\nevent: final\ndata:{}\n\ndata: cut");

    plan();

    assertEquals(
        List.of(
            new ServerEvent("plan", "{\"steps\":[1,\n2]}"),
            new ServerEvent("message", "plain ✂ text"),
            new ServerEvent("final", "{}")),
        events);
    assertEquals(
        "/api/copilot/stream?message=How%20is%20Acme%3F&selectedCustomerId=acme-001",
        server.requests().get(0).target());
    assertEquals("text/event-stream", server.requests().get(0).headers().get("accept"));
  }

  @Test
  void a_stream_that_falls_silent_ends_at_the_deadline_after_what_came() {
    server.writesAndHangs(HEAD + "event: plan\ndata: {}\n\n");

    assertThrows(DeadlineException.class, () -> plan(Duration.ofMillis(300)));

    assertEquals(List.of(new ServerEvent("plan", "{}")), events);
  }

  @Test
  void a_server_that_never_begins_ends_at_the_deadline() {
    server.writesAndHangs("");

    assertThrows(DeadlineException.class, () -> plan(Duration.ofMillis(300)));
  }

  @Test
  void a_refused_stream_is_a_typed_failure() {
    server.answers(403, Examples.error("INSUFFICIENT_PERMISSIONS")).answers(200, "{}");

    assertEquals("INSUFFICIENT_PERMISSIONS", assertThrows(ApiException.class, () -> plan()).code());
    assertThrows(BadAnswerException.class, () -> plan());
  }

  @Test
  void a_failure_of_the_callers_own_code_ends_the_stream() {
    server.writesAndHangs(HEAD + "data: 1\n\n");

    assertThrows(
        IllegalStateException.class,
        () ->
            QuimbiClient.builder()
                .baseUrl(server.url())
                .apiKey("k")
                .build()
                .streamPlan(
                    "x",
                    Optional.empty(),
                    event -> {
                      throw new IllegalStateException("enough");
                    }));
  }

  private static final String ROWS =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

  private QuimbiClient client(Duration timeout) {
    return QuimbiClient.builder().baseUrl(server.url()).apiKey("k").timeout(timeout).build();
  }

  private List<String> export(Duration timeout) {
    List<String> ids = new ArrayList<>();
    client(timeout)
        .exportCustomers(
            Map.of("sort", "-ltv_12mo"), row -> ids.add(row.path("customer_id").asText()));
    return ids;
  }

  @Test
  void an_export_comes_row_by_row() {
    server.writes(
        ROWS + "16\r\n{\"customer_id\":\"a\"}\n{\"\r\n13\r\ncustomer_id\":\"ü\"}\n\r\n0\r\n\r\n");

    assertEquals(List.of("a", "ü"), export(Duration.ofSeconds(5)));
    assertEquals(
        "/api/exports/customers?format=ndjson&sort=-ltv_12mo", server.requests().get(0).target());
  }

  @Test
  void rows_that_still_wait_for_a_slow_reader_when_the_last_byte_is_here_are_not_lost() {
    String row = "{\"customer_id\":\"a\"}\n";
    server.writes(
        ROWS
            + Integer.toHexString(500 * row.length())
            + "\r\n"
            + row.repeat(500)
            + "\r\n0\r\n\r\n");
    List<String> ids = new ArrayList<>();
    CountDownLatch never = new CountDownLatch(1);

    client(Duration.ofSeconds(5))
        .exportCustomers(
            Map.of(),
            one -> {
              ids.add(one.path("customer_id").asText());
              if (ids.size() == 1) {
                assertFalse(isOpenedWithin(never, 200));
              }
            });

    assertEquals(500, ids.size());
  }

  private static boolean isOpenedWithin(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void an_export_that_is_cut_off_hangs_or_is_no_export_is_a_typed_failure() {
    server.writes(ROWS + "16\r\n{\"customer_id\":\"a\"}\n");
    assertThrows(TransportException.class, () -> export(Duration.ofSeconds(5)));

    server.writesAndHangs(ROWS + "16\r\n{\"customer_id\":\"a\"}\n");
    assertThrows(DeadlineException.class, () -> export(Duration.ofMillis(300)));

    server.writes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>");
    assertThrows(BadAnswerException.class, () -> export(Duration.ofSeconds(5)));

    server.writes(ROWS + "5\r\n{\"cu\n\r\n0\r\n\r\n");
    assertThrows(BadAnswerException.class, () -> export(Duration.ofSeconds(5)));

    server.answers(422, Examples.error("VALIDATION_ERROR"));
    assertThrows(ApiException.class, () -> export(Duration.ofSeconds(5)));
  }

  @Test
  void a_csv_export_is_written_byte_for_byte() throws IOException {
    String csv = "customer_id,ltv\r\n\"a\nb\",1.00\r\n";
    server.writes("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\n" + csv);
    ByteArrayOutputStream file = new ByteArrayOutputStream();

    client(Duration.ofSeconds(5)).exportCustomersCsv(Map.of(), file);

    assertEquals(csv, file.toString(StandardCharsets.UTF_8));
  }
}
