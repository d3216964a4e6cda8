package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.api.generation.SharedBudget;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.llm.FakeProvider;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import ai.quimbi.server.llm.Spend;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.generation.ModelCosts;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a tenant may spend on language models in a day is one sum, however many servers spend it
/// and however often they start.
class SharedBudgetTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 15);
  private static final String ASKED =
      "{\"goal\": \"upsell\", \"length\": \"short\","
          + " \"conversation\": [{\"from\": \"customer\", \"content\": \"hello\"}]}";

  /// As another server would open it.
  private static Databases anotherServers() {
    String name = "test" + Long.toString(ProcessHandle.current().pid(), 36);
    return Databases.open(
        TestDatabase.operator(),
        TestDatabase.secrets(),
        Databases.Limits.DEFAULT.withInstallation(name));
  }

  private static Platform server(Databases databases, FakeProvider provider, Instant now) {
    return Platform.open(
        databases,
        Settings.read(
            Map.of(
                "QUIMBI_PORT",
                "0",
                "QUIMBI_NIGHTLY",
                "false",
                "QUIMBI_LLM_PROVIDER",
                "openai",
                "QUIMBI_LLM_MODEL",
                "fake-1",
                "QUIMBI_LLM_BASE_URL",
                String.valueOf(provider.settings(Kind.OPENAI).baseUrl()),
                "QUIMBI_LLM_DEADLINE_MILLIS",
                "20000",
                "QUIMBI_LLM_TOKENS_PER_DAY",
                "2000")),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        () -> now);
  }

  private static JsonNode message(Platform server, Customer shop) throws Exception {
    return Wire.JSON.readTree(Sent.to(server, shop, "/api/generation/message", ASKED));
  }

  @Test
  void two_servers_and_a_third_after_a_restart_spend_one_budget() throws Exception {
    Customer shop = Quimbi.tenant();
    ModelCosts costs = new ModelCosts(TestDatabase.databases());
    try (FakeProvider provider = new FakeProvider()) {
      int written = 0;
      try (Databases more = anotherServers();
          Platform one = server(TestDatabase.databases(), provider, Quimbi.NOW);
          Platform two = server(more, provider, Quimbi.NOW)) {
        boolean isSpent = false;
        for (int i = 0; !isSpent && i < 40; i++) {
          JsonNode answer = message(i % 2 == 0 ? one : two, shop);
          isSpent = answer.path("generator").asText().equals("composer");
          if (isSpent) {
            assertTrue(answer.path("generator_reason").asText().contains("spent"), answer + "");
          } else {
            written++;
          }
        }
        assertTrue(isSpent, "40 messages of 120 tokens exceed 2,000");
        assertTrue(written >= 2, "both servers wrote: " + written);
        assertEquals("composer", message(one, shop).path("generator").asText());
        assertEquals("composer", message(two, shop).path("generator").asText());
      }
      assertEquals(written, provider.requests.size());
      assertEquals(120L * written, costs.on(shop.tenant().id(), DAY).tokens());

      Databases again = anotherServers();
      try (again;
          Platform restarted = server(again, provider, Quimbi.NOW)) {
        assertEquals("composer", message(restarted, shop).path("generator").asText());
        assertEquals("fake-1", message(restarted, Quimbi.tenant()).path("generator").asText());
      }
      try (Platform tomorrow =
          server(TestDatabase.databases(), provider, Quimbi.NOW.plus(Duration.ofDays(1)))) {
        assertEquals("fake-1", message(tomorrow, shop).path("generator").asText());
      }
    }
  }

  @Test
  void requests_under_way_together_on_two_servers_never_overspend() throws Exception {
    String tenant = TestDatabase.freshTenant();
    Spend limit = new Spend(1_000, new BigDecimal("7.5"));
    Spend one = new Spend(100, new BigDecimal("0.5"));
    try (Databases more = anotherServers();
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<SharedBudget> servers =
          List.of(
              new SharedBudget(new ModelCosts(TestDatabase.databases()), limit),
              new SharedBudget(new ModelCosts(more), limit));
      List<Future<Boolean>> tries =
          IntStream.range(0, 60)
              .mapToObj(i -> pool.submit(() -> servers.get(i % 2).reserve(tenant, DAY, one)))
              .toList();
      int granted = 0;
      for (Future<Boolean> attempt : tries) {
        granted += attempt.get() ? 1 : 0;
      }
      assertEquals(10, granted, "1,000 tokens are ten times 100");
      assertEquals(1_000, servers.get(0).spentOn(tenant, DAY).tokens());

      servers.get(0).settle(tenant, DAY, one, new Spend(20, new BigDecimal("0.1")));
      assertTrue(!servers.get(1).reserve(tenant, DAY, one), "920 and 100 are too many");
      assertTrue(servers.get(1).reserve(tenant, DAY, new Spend(80, BigDecimal.ONE)));
      assertTrue(!servers.get(1).reserve(tenant, DAY, new Spend(0, new BigDecimal("2"))));
      assertTrue(servers.get(1).reserve(tenant, DAY.plusDays(1), one), "each day anew");
      assertEquals(0, new BigDecimal("5.6").compareTo(servers.get(0).spentOn(tenant, DAY).money()));
    }
  }
}
