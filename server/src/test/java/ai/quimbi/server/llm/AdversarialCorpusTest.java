package ai.quimbi.server.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.Brief;
import ai.quimbi.core.generation.CatalogItem;
import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Policy;
import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.Channel;
import ai.quimbi.core.generation.CustomerFacts;
import ai.quimbi.core.generation.FactSheet;
import ai.quimbi.core.generation.Goal;
import ai.quimbi.core.generation.Grounding;
import ai.quimbi.core.generation.Known;
import ai.quimbi.core.generation.LanguageModel;
import ai.quimbi.core.generation.LanguageModel.Written;
import ai.quimbi.core.generation.Length;
import ai.quimbi.core.generation.PhoneFinder;
import ai.quimbi.core.generation.Provenance;
import ai.quimbi.core.generation.Tone;
import ai.quimbi.core.generation.Writer;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdversarialCorpusTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private static final List<CatalogItem> CATALOGUE =
      List.of(
          new Product(
              "p1",
              "Warm & Natural 100% cotton batting",
              "batting",
              "It is breathable and gentle for infants.",
              List.of("machine washable and dryable", "pre-shrunk"),
              List.of("needle-punched with a light scrim"),
              List.of("baby quilt"),
              List.of("crib size (45\" x 60\")"),
              "$24.99",
              "https://shop.example/batting"),
          new Product(
              "p2",
              "Aurifil 50 wt thread set",
              "notions",
              null,
              List.of("low lint"),
              List.of(),
              List.of("piecing"),
              List.of(),
              "$39.50",
              null),
          new Offer(
              "o1",
              "Winter stitching",
              "Until the end of winter you get 15% off all batting with the code WARM15.",
              "WARM15",
              new BigDecimal("15"),
              null,
              null,
              LocalDate.of(2027, 2, 28),
              List.of(),
              null),
          new Policy(
              "r1",
              "Returns",
              "Unopened items can be returned within 30 days of delivery. We refund the price to the"
                  + " original card. Cut fabric cannot be returned.",
              null),
          new Policy(
              "r2",
              "Damaged items",
              "If an item arrives damaged, we send a replacement at no charge once we have a photo.",
              null));

  private static final List<Misbehaviour> TEXTS =
      Arrays.stream(Misbehaviour.values()).filter(Misbehaviour::isText).toList();

  private static Brief brief(Adversaries adversary, Goal goal, Channel channel, int i) {
    CustomerFacts customer =
        i % 2 == 0
            ? CustomerFacts.NOBODY
            : CustomerFacts.NOBODY.withName(new Known<>("Ana Silva", Provenance.STORED));
    return Brief.of(
        goal, channel, one(Tone.values(), i), one(Length.values(), i), adversary.turns(), customer);
  }

  /// The sheets differ only by the customer, who is one of two.
  private static List<Grounding> groundings() {
    Adversaries nobody = new Adversaries("", List.of(), List.of());
    return IntStream.range(0, 2)
        .mapToObj(i -> Grounding.on(sheet(brief(nobody, Goal.UPSELL, Channel.CHAT, i))))
        .toList();
  }

  private static <T> T one(T[] of, int n) {
    return of[n % of.length];
  }

  private static FactSheet sheet(Brief brief) {
    return FactSheet.of(brief, "The Quilt Shop", CATALOGUE, TODAY);
  }

  private static void assertHarmless(
      Writer.Result result, Grounding grounding, Adversaries adversary) {
    String message = result.draft().message();
    String told = adversary + "\n" + result;
    assertFalse(message.isBlank(), told);
    for (String invention : Misbehaviour.INVENTIONS) {
      assertFalse(
          message.toLowerCase(Locale.ROOT).contains(invention.toLowerCase(Locale.ROOT)), told);
    }
    assertEquals(List.of(), grounding.unsupported(message), told);
  }

  @Test
  void there_are_at_least_two_hundred_of_every_sort() throws IOException {
    List<Adversaries> all = Adversaries.all();
    assertTrue(all.size() >= 200, all.size() + " conversations");
    assertTrue(all.stream().map(Adversaries::kind).distinct().count() >= 5);
  }

  @Test
  void nothing_invented_passes_over_all_conversations_goals_and_channels() throws IOException {
    List<Adversaries> all = Adversaries.all();
    List<Grounding> groundings = groundings();
    Goal[] goals = Goal.values();
    Channel[] channels = Channel.values();
    Map<String, Integer> generators = new ConcurrentHashMap<>();
    IntStream.range(0, all.size() * goals.length * channels.length)
        .parallel()
        .forEach(
            n -> {
              Adversaries adversary = all.get(n / (goals.length * channels.length));
              Misbehaviour how = TEXTS.get(Math.floorMod(n * 7, TEXTS.size()));
              int[] round = {n};
              LanguageModel model =
                  prompt -> new Written(how.text(prompt.user(), round[0]++), "misbehaving");
              Brief brief = brief(adversary, one(goals, n / channels.length), one(channels, n), n);
              FactSheet sheet = sheet(brief);
              Writer.Result result = Writer.write(brief, sheet, n, model, PhoneFinder.BY_SHAPE);
              generators.merge(result.generator(), 1, Integer::sum);
              assertHarmless(result, groundings.get(n % 2), adversary);
            });
    assertTrue(generators.getOrDefault("misbehaving", 0) > 0, "the model never got through");
    assertTrue(
        generators.getOrDefault("composer", 0) > generators.getOrDefault("misbehaving", 0),
        generators.toString());
  }

  @Test
  void nothing_planted_reaches_a_provider() throws IOException {
    try (FakeProvider provider = new FakeProvider();
        LanguageModels models =
            new LanguageModels(new MemoryBudget(new Spend(1L << 40, new BigDecimal("1e9"))))) {
      Phones phones = new Phones();
      List<Grounding> groundings = groundings();
      int i = 0;
      for (Adversaries adversary : Adversaries.all()) {
        int n = i++;
        provider.requests.clear();
        provider.misbehaviour = TEXTS.get(n % TEXTS.size());
        Brief brief = brief(adversary, one(Goal.values(), n), one(Channel.values(), n), n);
        FactSheet sheet = sheet(brief);
        LanguageModel model =
            models.forMessage(
                "acme",
                provider.settings(n % 2 == 0 ? Kind.ANTHROPIC : Kind.OPENAI),
                TODAY,
                Deadline.in(Duration.ofSeconds(20)));
        Writer.Result result = Writer.write(brief, sheet, n, model, phones);
        assertHarmless(result, groundings.get(n % 2), adversary);
        for (FakeProvider.Request request : provider.requests) {
          String sent = request.body().toLowerCase(Locale.ROOT);
          for (String planted : adversary.planted()) {
            assertFalse(
                sent.contains(planted.toLowerCase(Locale.ROOT)),
                planted + " was sent: " + request.body());
          }
          assertFalse(sent.contains("ana silva"), request.body());
        }
      }
    }
  }
}
