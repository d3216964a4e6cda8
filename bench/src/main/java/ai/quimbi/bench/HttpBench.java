package ai.quimbi.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/// `./quimbi bench http [seconds] [rounds]`: analyze and churn under 64 connections beside a bare
/// endpoint, in interleaved rounds. Once from a server as it is, whose answers are kept while
/// nothing of the customer changes, and once from one that works each answer out anew.
final class HttpBench {
  private static final int CONNECTIONS = 64;
  private static final int CUSTOMERS = 5_000;

  private HttpBench() {}

  static void run(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 5;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    measure("as it is", "32", seconds, rounds);
    measure("each answer worked out anew (QUIMBI_ANSWERS_KEPT_MEGABYTES=0)", "0", seconds, rounds);
  }

  private static void measure(String title, String keptMegabytes, double seconds, int rounds)
      throws Exception {
    Path data = Files.createTempDirectory("quimbi-bench");
    try (ChildServer server = ChildServer.start(data, "full", keptMegabytes)) {
      Map<String, IntFunction<byte[]>> kinds = new LinkedHashMap<>();
      kinds.put("bare", i -> Load.get("/bare/" + customer(i)));
      kinds.put("analyze", i -> question("analyze", server, i));
      kinds.put("churn", i -> question("predict/churn", server, i));
      for (IntFunction<byte[]> kind : kinds.values()) {
        Load.run(server.port(), CONNECTIONS, seconds, kind); // warm-up, not counted
        Load.run(server.port(), CONNECTIONS, seconds, kind);
      }
      Map<String, List<Load.Round>> measured = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (Map.Entry<String, IntFunction<byte[]>> kind : kinds.entrySet()) {
          measured
              .computeIfAbsent(kind.getKey(), name -> new ArrayList<>())
              .add(Load.run(server.port(), CONNECTIONS, seconds, kind.getValue()));
        }
      }
      System.out.println(title);
      print(measured, rounds, seconds);
    }
  }

  private static byte[] question(String path, ChildServer server, int i) {
    return Load.post(
        "/api/intelligence/" + path, server.key(), "{\"customer_id\":\"" + customer(i) + "\"}");
  }

  static String customer(int i) {
    return "cust_" + (10_001 + i * 7919L % CUSTOMERS);
  }

  private static void print(Map<String, List<Load.Round>> measured, int rounds, double seconds) {
    System.out.printf(
        "%d connections, %d interleaved rounds of %.1f s each; medians, ratios round by round%n",
        CONNECTIONS, rounds, seconds);
    System.out.printf(
        "%-10s %12s %10s %10s %16s %14s%n",
        "", "requests/s", "p50 ms", "p99 ms", "rate / bare", "p99 / bare");
    List<Load.Round> bare = measured.getOrDefault("bare", List.of());
    measured.forEach(
        (name, own) ->
            System.out.printf(
                "%-10s %12.0f %10.2f %10.2f %16.2f %14.2f%n",
                name,
                median(own, Load.Round::perSecond),
                median(own, Load.Round::p50Millis),
                median(own, Load.Round::p99Millis),
                ratio(own, bare, Load.Round::perSecond),
                ratio(own, bare, Load.Round::p99Millis)));
  }

  private static double median(List<Load.Round> rounds, ToDoubleFunction<Load.Round> of) {
    return median(rounds.stream().mapToDouble(of).toArray());
  }

  private static double ratio(
      List<Load.Round> own, List<Load.Round> bare, ToDoubleFunction<Load.Round> of) {
    double[] ratios = new double[own.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = of.applyAsDouble(own.get(i)) / of.applyAsDouble(bare.get(i));
    }
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
