package ai.quimbi.bench;

import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.BehaviourModel;
import ai.quimbi.core.behaviour.Features;
import ai.quimbi.core.behaviour.Similarity;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// `./quimbi bench behaviour [CUSTOMERS [SECONDS ROUNDS]]`: fit of all thirteen axes, memberships,
/// the nearest customers; and analyze over HTTP beside an analyze without the axes, in interleaved
/// rounds (`SECONDS 0` leaves that out). Medians after a round that warms up.
final class BehaviourBench {
  private static final int TODAY = 20_000;
  private static final int SMALL = 100_000;
  private static final int QUESTIONS = 21;
  private static final int NEAREST = 10;

  private BehaviourBench() {}

  static void run(String[] arguments) throws Exception {
    int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 3;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
    System.out.printf(
        "%,d customers, %d processors%n", customers, Runtime.getRuntime().availableProcessors());
    Features features = features(customers);
    BehaviourModel[] model = new BehaviourModel[1];
    say("fit of all axes", 10, median(3, () -> model[0] = BehaviourModel.fit(features, TODAY, 2)));
    short[] rows = new short[customers * Axis.SEGMENTS];
    double took = median(3, () -> model[0].memberships(features, rows));
    say("memberships of all axes", customers / 1e6, took);
    System.out.printf(Locale.ROOT, "  %,.0f customers/s (at least 1,000,000)%n", customers / took);
    for (int size : new int[] {Math.min(SMALL, customers), customers}) {
      Similarity index = Similarity.of(Arrays.copyOf(rows, size * Axis.SEGMENTS), size);
      int[] asked = {0};
      double each =
          median(
              QUESTIONS,
              () -> {
                int found = index.nearest((asked[0]++ * 7919) % index.size(), NEAREST).size();
                if (found != NEAREST) {
                  throw new IllegalStateException(found + " were found");
                }
              });
      System.out.printf(
          Locale.ROOT,
          "nearest 10 of %,d: %.2f ms (limit %d)%n",
          size,
          1000 * each,
          size <= SMALL ? 20 : 150);
    }
    if (seconds > 0) {
      analyze(seconds, rounds);
    }
  }

  private static Features features(int customers) {
    PlantedShop shop = new PlantedShop(TODAY);
    Features.Builder builder = new Features.Builder(TODAY, customers);
    for (int i = 0; i < customers; i++) {
      builder.add(shop.customer(i));
    }
    return builder.build();
  }

  // One caller at a time: what a single answer takes, and not how they queue. No answer is kept.
  private static void analyze(double seconds, int rounds) throws Exception {
    Path data = Files.createTempDirectory("quimbi-bench");
    try (ChildServer server = ChildServer.start(data, "full", "0")) {
      String[] paths = {BenchServer.WITHOUT_AXES, "/api/intelligence/analyze"};
      double[][] millis = new double[2][rounds];
      for (int round = -2; round < rounds; round++) {
        for (int kind = 0; kind < 2; kind++) {
          String path = paths[kind];
          Load.Round one =
              Load.run(
                  server.port(),
                  1,
                  seconds,
                  i ->
                      Load.post(
                          path,
                          server.key(),
                          "{\"customer_id\":\"" + HttpBench.customer(i) + "\"}"));
          if (round >= 0) {
            millis[kind][round] = one.p50Millis();
          }
        }
      }
      double[] ratios = new double[rounds];
      Arrays.setAll(ratios, round -> millis[1][round] / millis[0][round]);
      System.out.printf(
          Locale.ROOT,
          "analyze %.3f ms, without the axes %.3f ms; ratio %.2f (limit 1.15), %d rounds of %.1f s%n",
          HttpBench.median(millis[1]),
          HttpBench.median(millis[0]),
          HttpBench.median(ratios),
          rounds,
          seconds);
    }
  }

  private static void say(String what, double limitSeconds, double seconds) {
    System.out.printf(Locale.ROOT, "%-26s %7.3f s (limit %.1f)%n", what, seconds, limitSeconds);
  }

  private static double median(int rounds, Runnable work) {
    double[] seconds = new double[rounds];
    work.run();
    long before = cpuNanos();
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    // On a busy machine the processor time is the fairer number.
    System.out.printf(
        Locale.ROOT, "  (%.4f processor seconds a round)%n", (cpuNanos() - before) / 1e9 / rounds);
    return HttpBench.median(seconds);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
