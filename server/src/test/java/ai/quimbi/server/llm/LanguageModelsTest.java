package ai.quimbi.server.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.LanguageModel;
import ai.quimbi.core.generation.LanguageModel.Failed;
import ai.quimbi.core.generation.LanguageModel.Outcome;
import ai.quimbi.core.generation.LanguageModel.Prompt;
import ai.quimbi.core.generation.LanguageModel.Reason;
import ai.quimbi.core.generation.LanguageModel.Written;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageModelsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
  private static final Prompt PROMPT = new Prompt("system", "| customer: hello\nTask: write", 200);
  private static final Spend PLENTY = new Spend(10_000_000, new BigDecimal("1000"));
  private static final Duration AMPLE = Duration.ofSeconds(20);

  private FakeProvider provider;
  private MemoryBudget budget;
  private LanguageModels models;

  @BeforeEach
  void start() throws IOException {
    provider = new FakeProvider();
    budget = new MemoryBudget(PLENTY);
    models = new LanguageModels(budget);
  }

  @AfterEach
  void stop() {
    models.close();
    provider.close();
  }

  private Outcome ask(Kind kind, Duration time) {
    LanguageModel model =
        models.forMessage("acme", provider.settings(kind), DAY, Deadline.in(time));
    assertNotNull(model);
    return model.complete(PROMPT);
  }

  private static Reason reason(Outcome outcome) {
    return assertInstanceOf(Failed.class, outcome).reason();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ANTHROPIC", "OPENAI", "OLLAMA"})
  void each_provider_is_spoken_to_in_its_own_format(Kind kind) {
    Written written = assertInstanceOf(Written.class, ask(kind, AMPLE));

    assertTrue(written.text().contains("I have read it with care."), written.text());
    assertEquals("fake-1", written.model());
    FakeProvider.Request request = provider.requests.getFirst();
    assertEquals(
        switch (kind) {
          case ANTHROPIC -> "/v1/messages";
          case OPENAI -> "/v1/chat/completions";
          case OLLAMA -> "/api/chat";
          case NONE -> "";
        },
        request.path());
    assertTrue(request.body().contains("| customer: hello"), request.body());
    if (kind != Kind.OLLAMA) {
      assertTrue(String.valueOf(request.key()).contains("sk-secret"));
    }
    // 100 tokens in at 3 a million and 20 out at 15.
    assertEquals(120, budget.spentOn("acme", DAY).tokens());
    assertEquals(0, new BigDecimal("0.0006").compareTo(budget.spentOn("acme", DAY).money()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ANTHROPIC", "OPENAI", "OLLAMA"})
  void structured_output_is_asked_for_in_each_format_and_dropped_where_there_is_none(Kind kind)
      throws IOException {
    assertInstanceOf(Written.class, ask(kind, AMPLE));
    JsonNode schema = FakeProvider.schema(sent(0));
    assertNotNull(schema, provider.requests.getFirst().body());
    assertEquals("string", schema.at("/properties/message/type").asText());
    assertEquals("message", schema.at("/required/0").asText());
    switch (kind) {
      case ANTHROPIC ->
          assertEquals("json_schema", sent(0).at("/output_config/format/type").asText());
      case OPENAI -> assertTrue(sent(0).at("/response_format/json_schema/strict").asBoolean());
      case OLLAMA, NONE -> {}
    }

    provider.knowsSchemas = false;
    assertInstanceOf(Written.class, ask(kind, AMPLE));
    assertInstanceOf(Written.class, ask(kind, AMPLE));
    // One refused request, then two without a schema.
    assertEquals(4, provider.requests.size());
    assertNull(FakeProvider.schema(sent(3)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ANTHROPIC", "OPENAI", "OLLAMA"})
  void a_choice_is_held_to_its_words_by_the_schema(Kind kind) throws IOException {
    provider.script = _ -> "get_health, get_usage";
    LanguageModel model =
        models.forMessage("acme", provider.settings(kind), DAY, Deadline.in(AMPLE));
    assertNotNull(model);

    Outcome outcome =
        model.complete(
            new Prompt(
                "system", "| which?", 200, List.of("get_health", "get_usage", "get_tickets")));

    assertEquals("get_health, get_usage", assertInstanceOf(Written.class, outcome).text());
    JsonNode schema = FakeProvider.schema(sent(0));
    assertNotNull(schema);
    assertEquals(3, schema.at("/properties/choice/items/enum").size(), schema.toString());
  }

  private JsonNode sent(int place) throws IOException {
    return JSON.readTree(provider.requests.get(place).body());
  }

  @ParameterizedTest
  @EnumSource(
      value = Misbehaviour.class,
      names = {
        "HANGS", "HANGS_IN_BODY", "DRIPS", "LIMITS_429", "FAILS_500", "TRUNCATES_JSON",
        "TEN_MEGABYTES", "HTML_PAGE", "CUTS_CONNECTION", "EMPTY_BODY", "STOPS_AT_LIMIT",
            "REDIRECTS",
        "REJECTS_KEY", "REFUSES"
      })
  void every_fault_ends_within_the_deadline_and_says_why(Misbehaviour fault) {
    ask(Kind.OPENAI, AMPLE);
    provider.misbehaviour = fault;
    Duration deadline = Duration.ofMillis(700);
    for (Kind kind : List.of(Kind.ANTHROPIC, Kind.OPENAI)) {
      // A crowded machine may stop us for longer than 200 ms; not three times in a row.
      long fastest = Long.MAX_VALUE;
      for (int attempt = 0; attempt < 3 && fastest > 900; attempt++) {
        long start = System.nanoTime();
        Outcome outcome = ask(kind, deadline);
        fastest = Math.min(fastest, (System.nanoTime() - start) / 1_000_000);
        Reason reason = reason(outcome);
        List<Reason> expected =
            switch (fault) {
              case HANGS, HANGS_IN_BODY, DRIPS -> List.of(Reason.TIMEOUT);
              case LIMITS_429 -> List.of(Reason.RATE_LIMITED, Reason.CIRCUIT_OPEN);
              case FAILS_500, CUTS_CONNECTION -> List.of(Reason.UNAVAILABLE, Reason.CIRCUIT_OPEN);
              case TEN_MEGABYTES -> List.of(Reason.TOO_LARGE);
              case REDIRECTS, REJECTS_KEY -> List.of(Reason.NOT_ACCEPTED);
              case REFUSES -> List.of(Reason.REFUSED);
              default -> List.of(Reason.MALFORMED);
            };
        assertTrue(expected.contains(reason), fault + " over " + kind + ": " + outcome);
      }
      assertTrue(fastest <= 900, fault + " over " + kind + " took " + fastest + " ms");
    }
  }

  @Test
  void a_passing_fault_is_tried_again() {
    provider.misbehaviour = Misbehaviour.FAILS_500;
    provider.failuresLeft = 2;

    assertInstanceOf(Written.class, ask(Kind.ANTHROPIC, AMPLE));
    assertEquals(3, provider.requests.size());
  }

  @Test
  void the_wait_that_a_provider_asks_for_is_kept() {
    provider.misbehaviour = Misbehaviour.LIMITS_429;
    provider.failuresLeft = 1;
    long start = System.nanoTime();

    assertInstanceOf(Written.class, ask(Kind.ANTHROPIC, AMPLE));

    assertTrue(System.nanoTime() - start >= 1_000_000_000L, "did not wait the second asked for");
    assertEquals(2, provider.requests.size());
  }

  @Test
  void a_wait_beyond_the_deadline_ends_the_attempt_and_spares_the_provider() {
    provider.misbehaviour = Misbehaviour.LIMITS_429;
    provider.retryAfter = "60";

    assertEquals(Reason.RATE_LIMITED, reason(ask(Kind.ANTHROPIC, Duration.ofSeconds(5))));
    assertEquals(Reason.CIRCUIT_OPEN, reason(ask(Kind.ANTHROPIC, Duration.ofSeconds(5))));
    assertEquals(1, provider.requests.size());
  }

  @Test
  void a_failing_provider_is_left_alone() {
    provider.misbehaviour = Misbehaviour.TRUNCATES_JSON;
    for (int i = 0; i < 5; i++) {
      assertEquals(Reason.MALFORMED, reason(ask(Kind.OPENAI, AMPLE)));
    }
    assertEquals(Reason.CIRCUIT_OPEN, reason(ask(Kind.OPENAI, AMPLE)));
    assertEquals(5, provider.requests.size());
    assertEquals(Reason.MALFORMED, reason(ask(Kind.ANTHROPIC, AMPLE)), "the others still answer");
  }

  @Test
  void a_spent_budget_sends_nothing_until_the_next_day() {
    MemoryBudget small = new MemoryBudget(new Spend(350, new BigDecimal("1000")));
    try (LanguageModels limited = new LanguageModels(small)) {
      ProviderSettings settings = provider.settings(Kind.OPENAI);
      LanguageModel today = limited.forMessage("acme", settings, DAY, Deadline.in(AMPLE));
      LanguageModel other = limited.forMessage("other", settings, DAY, Deadline.in(AMPLE));
      LanguageModel later =
          limited.forMessage("acme", settings, DAY.plusDays(1), Deadline.in(AMPLE));
      assertNotNull(today);
      assertNotNull(other);
      assertNotNull(later);
      assertInstanceOf(Written.class, today.complete(PROMPT));
      assertEquals(Reason.BUDGET_SPENT, reason(today.complete(PROMPT)));
      assertEquals(1, provider.requests.size());
      assertInstanceOf(Written.class, other.complete(PROMPT));
      assertInstanceOf(Written.class, later.complete(PROMPT));
    }
  }

  @Test
  void without_a_provider_there_is_no_model() {
    assertNull(models.forMessage("acme", ProviderSettings.NONE, DAY, Deadline.in(AMPLE)));
  }

  @Test
  void settings_never_print_the_key() {
    assertFalse(provider.settings(Kind.OPENAI).toString().contains("sk-secret"));
  }
}
