package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AnswerCacheTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AnswerCache cache = new AnswerCache(now::get);
  private int asked;

  private JsonNode ask() {
    asked++;
    return Json.object().put("n", asked);
  }

  private int read(String customer) {
    return cache.get(customer, "churn", Duration.ofHours(1), this::ask).get("n").asInt();
  }

  @Test
  void an_answer_is_kept_for_its_time_even_where_nanoseconds_overflow() {
    read("a");
    now.addAndGet(Duration.ofMinutes(59).toNanos());
    assertEquals(1, read("a"));
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertEquals(2, read("a"));
  }

  @Test
  void data_about_a_customer_makes_only_that_one_forgotten() {
    read("a");
    read("b");
    cache.forget(List.of("a"));
    assertEquals(3, read("a"));
    assertEquals(2, read("b"));
  }

  @Test
  void an_answer_overtaken_by_new_data_is_not_kept() {
    cache.get(
        "a",
        "churn",
        Duration.ofHours(1),
        () -> {
          cache.forget(List.of("a"));
          return ask();
        });
    assertEquals(2, read("a"));
  }

  @Test
  void what_a_caller_changes_stays_the_callers() {
    JsonNode first = cache.get("a", "churn", Duration.ofHours(1), this::ask);
    ((ObjectNode) first).put("n", 99);
    assertEquals(1, read("a"));
  }

  @Test
  void the_client_asks_once_and_again_after_it_sent_data() throws IOException {
    try (FaultyServer server = new FaultyServer()) {
      QuimbiClient quimbi =
          QuimbiClient.builder().baseUrl(server.url()).apiKey("k").cache(true).build();
      server
          .answers(200, Examples.ANALYSIS)
          .answers(200, Examples.ANALYSIS)
          .answers(200, Examples.INGESTED)
          .answers(200, Examples.ANALYSIS);

      quimbi.analyzeCustomer("cust_12345");
      quimbi.analyzeCustomer("cust_12345");
      assertEquals(1, server.requests().size());
      quimbi.analyzeCustomer("cust_12345", Map.of("orders", List.of()));
      assertEquals(2, server.requests().size());
      quimbi.ingestOrders("shopify", List.of(FaultsTest.order()));
      quimbi.analyzeCustomer("cust_12345");
      assertEquals(4, server.requests().size());
    }
  }
}
