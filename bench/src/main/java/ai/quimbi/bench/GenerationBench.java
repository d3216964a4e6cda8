package ai.quimbi.bench;

import ai.quimbi.core.generation.Brief;
import ai.quimbi.core.generation.CatalogItem;
import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Policy;
import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.CatalogItem.Snippet;
import ai.quimbi.core.generation.Channel;
import ai.quimbi.core.generation.CustomerFacts;
import ai.quimbi.core.generation.FactSheet;
import ai.quimbi.core.generation.Goal;
import ai.quimbi.core.generation.Known;
import ai.quimbi.core.generation.Length;
import ai.quimbi.core.generation.PhoneFinder;
import ai.quimbi.core.generation.Provenance;
import ai.quimbi.core.generation.Tone;
import ai.quimbi.core.generation.Turn;
import ai.quimbi.core.generation.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// `./quimbi bench generation [rounds]`: the composer over all goals, channels, tones and lengths,
/// with a catalogue of a few items and with all that a search may find; then how long an answer
/// takes while a language model's provider misbehaves.
final class GenerationBench {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);
  private static final int THREADS = 2;

  private static final List<String> CONVERSATIONS =
      List.of(
          "",
          "I'm making my first quilt and overwhelmed by batting options. What do you recommend for a"
              + " baby quilt?",
          "My order arrived damaged, the box was crushed. I want a refund!",
          "What is your return policy for cut fabric?",
          "Where is my order? It has not arrived and I need it for a wedding.",
          "Is there a discount on the thread set at the moment?",
          "Thanks, that was great help!",
          "I have been quilting for twenty years and the last two rolls of batting bunched up after one"
              + " wash. I followed the instructions to the letter. Which one holds its shape, and can"
              + " I send these back?");

  private GenerationBench() {}

  static void run(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    for (int each : new int[] {3, 20}) {
      composer(catalogue(each), rounds);
    }
    ProviderFaults.run();
  }

  private record Case(String name, Brief brief, long seed) {}

  private static void composer(List<CatalogItem> catalogue, int rounds) throws Exception {
    List<Case> cases = cases();
    for (int warmUp = 0; warmUp < 2; warmUp++) {
      cases.forEach(one -> write(one, catalogue));
    }
    long[] nanos = new long[cases.size() * rounds];
    Map<String, List<Long>> byName = new TreeMap<>();
    int at = 0;
    for (int round = 0; round < rounds; round++) {
      for (Case one : cases) {
        long from = System.nanoTime();
        write(one, catalogue);
        long took = System.nanoTime() - from;
        nanos[at++] = took;
        byName.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(took);
      }
    }
    Arrays.sort(nanos);
    String slowest = "";
    double slowestMedian = 0;
    for (var entry : byName.entrySet()) {
      double median = entry.getValue().stream().sorted().toList().get(entry.getValue().size() / 2);
      if (median > slowestMedian) {
        slowestMedian = median;
        slowest = entry.getKey();
      }
    }
    double[] rates = rates(cases, catalogue, rounds);
    System.out.printf(
        "composer, catalogue of %d: median %.3f ms, p99 %.3f ms (%d messages); slowest combination"
            + " %s %.3f ms; %.0f messages/s on %d threads, %.0f in a second of one processor%n",
        catalogue.size(),
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6,
        nanos.length,
        slowest,
        slowestMedian / 1e6,
        rates[0],
        THREADS,
        rates[1]);
  }

  /// Messages a second of the clock, and a second of one processor: others may use the machine.
  private static double[] rates(List<Case> cases, List<CatalogItem> catalogue, int rounds)
      throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      Callable<Long> work =
          () -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long begun = threads.getCurrentThreadCpuTime();
            for (int round = 0; round < rounds; round++) {
              cases.forEach(one -> write(one, catalogue));
            }
            return threads.getCurrentThreadCpuTime() - begun;
          };
      double all = (double) THREADS * rounds * cases.size();
      long from = System.nanoTime();
      long processor = 0;
      for (Future<Long> done : pool.invokeAll(Collections.nCopies(THREADS, work))) {
        processor += done.get();
      }
      return new double[] {all / ((System.nanoTime() - from) / 1e9), all / (processor / 1e9)};
    }
  }

  /// All that a request costs between its reading and its answer, without the search in the
  /// database.
  private static void write(Case one, List<CatalogItem> found) {
    FactSheet sheet = FactSheet.of(one.brief(), "The Quilt Shop", found, TODAY);
    String message =
        Writer.write(one.brief(), sheet, one.seed(), null, PhoneFinder.BY_SHAPE).draft().message();
    if (message.isBlank()) {
      throw new IllegalStateException(one.name() + " is empty");
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Goal goal : Goal.values()) {
      for (Channel channel : Channel.values()) {
        for (Tone tone : Tone.values()) {
          for (Length length : Length.values()) {
            for (String said : CONVERSATIONS) {
              List<Turn> turns = said.isEmpty() ? List.of() : List.of(Turn.customer(said));
              int n = cases.size();
              cases.add(
                  new Case(
                      goal.label()
                          + "/"
                          + channel.label()
                          + "/"
                          + tone.label()
                          + "/"
                          + length.label(),
                      Brief.of(goal, channel, tone, length, turns, customer(n)),
                      n));
            }
          }
        }
      }
    }
    return cases;
  }

  private static CustomerFacts customer(int n) {
    if (n % 3 == 0) {
      return CustomerFacts.NOBODY;
    }
    TreeMap<String, Known<String>> segments = new TreeMap<>();
    Map.of(
            "shopping_maturity", n % 2 == 0 ? "new" : "long_term",
            "price_sensitivity", n % 5 < 2 ? "deal_hunter" : "full_price",
            "purchase_value", n % 7 == 0 ? "whale" : "mid_tier",
            "return_behavior", "careful_buyer",
            "repurchase_behavior", "loyal")
        .forEach((axis, one) -> segments.put(axis, new Known<>(one, Provenance.STORED)));
    return new CustomerFacts(
        "cust_" + n,
        new Known<>("Ana", Provenance.STORED),
        segments,
        new Known<>(0.3, Provenance.STORED),
        new Known<>(new BigDecimal("640.00"), Provenance.STORED),
        new Known<>(7L, Provenance.STORED),
        new Known<>(75L, Provenance.STORED),
        List.of(),
        List.of());
  }

  private static List<CatalogItem> catalogue(int each) {
    List<CatalogItem> items = new ArrayList<>();
    List<String> things = List.of("batting", "thread set", "cutting mat", "fat quarters", "ruler");
    for (int i = 0; i < each; i++) {
      String thing = things.get(i % things.size());
      items.add(
          new Product(
              "p" + i,
              "Warm & Natural " + thing + " No. " + (i + 1),
              thing,
              "It is breathable and gentle, and holds its shape after many washes.",
              List.of("machine washable and dryable", "pre-shrunk", "soft and lightweight"),
              List.of("needle-punched with a light scrim"),
              List.of("baby quilt", "bed quilt", "wall hanging"),
              List.of("crib size (45\" x 60\")", "queen size (90\" x 108\")"),
              "$" + (19 + i) + ".99",
              "https://shop.example/p" + i));
      items.add(
          new Offer(
              "o" + i,
              "Spring " + i,
              "Until the end of May you get 15% off all " + thing + " with the code WARM" + i + ".",
              "WARM" + i,
              new BigDecimal("15"),
              null,
              null,
              LocalDate.of(2026, 5, 31),
              List.of(),
              null));
      items.add(
          new Policy(
              "r" + i,
              i == 0 ? "Returns" : "Rule " + i + " on " + thing,
              "Unopened items can be returned within 30 days of delivery. We refund the price to the"
                  + " original card. Cut fabric cannot be returned.",
              null));
      items.add(
          new Snippet(
              "s" + i,
              "Care of " + thing,
              "Wash it cold and dry it flat.",
              List.of("wash"),
              List.of()));
    }
    return items;
  }
}
