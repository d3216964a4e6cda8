package ai.quimbi.bench;

import ai.quimbi.server.app.Main;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/// `./quimbi bench ingest [million]`: orders a second through `ingest_orders` in batches of 500 and
/// through import, profiles included, into an empty tenant and again when it holds a million.
final class IngestBench {
  private static final int BATCH = 500;
  private static final int CONNECTIONS = 4;
  private static final double SECONDS = 10;

  private IngestBench() {}

  static void run(String[] arguments) throws Exception {
    int stored = (int) (1_000_000 * (arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1));
    Path data = Files.createTempDirectory("quimbi-bench");
    Path first = csv(data.resolve("first.csv"), "a", stored / 5);
    Path rest = csv(data.resolve("rest.csv"), "b", stored - stored / 5);
    Path last = csv(data.resolve("last.csv"), "c", stored / 5);
    try (ChildServer server = ChildServer.start(data.resolve("db"), "empty")) {
      ingest(server, "warm-up");
      double emptyRate = ingest(server, "empty");
      double emptyImport = importOf(data, first, stored / 5);
      awaitWhatFollows(server);
      double restImport = importOf(data, rest, stored - stored / 5);
      awaitWhatFollows(server);
      double fullImport = importOf(data, last, stored / 5);
      awaitWhatFollows(server);
      double fullRate = ingest(server, "full");
      System.out.printf(
          Locale.ROOT, "%-34s %12s %12s %8s%n", "orders/s", "at none", "at 1M", "ratio");
      print("ingest_orders, batches of 500", emptyRate, fullRate);
      print("import (whole command)", emptyImport, fullImport);
      System.out.printf(
          Locale.ROOT,
          "import of %,d in one go: %,.0f orders/s%n",
          stored - stored / 5,
          restImport);
    }
  }

  private static void print(String what, double empty, double full) {
    System.out.printf(
        Locale.ROOT, "%-34s %,12.0f %,12.0f %8.2f%n", what, empty, full, full / empty);
  }

  private static double ingest(ChildServer server, String run) throws InterruptedException {
    Load.Round round =
        Load.run(
            server.port(),
            CONNECTIONS,
            SECONDS,
            batch -> Load.post("/api/data/ingest_orders", server.key(), ordersOf(run, batch)));
    return round.perSecond() * BATCH;
  }

  private static String ordersOf(String run, int batch) {
    Random chance = new Random(31L * batch + run.hashCode());
    StringBuilder json =
        new StringBuilder(BATCH * 220).append("{\"source\":\"bench\",\"orders\":[");
    for (int i = 0; i < BATCH; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"customer_id\":\"c")
          .append(chance.nextInt(100_000))
          .append("\",\"order_id\":\"")
          .append(run)
          .append('-')
          .append(batch)
          .append('-')
          .append(i)
          .append("\",\"order_date\":\"202")
          .append(3 + chance.nextInt(3))
          .append("-0")
          .append(1 + chance.nextInt(9))
          .append("-1")
          .append(chance.nextInt(9))
          .append("T10:00:00Z\",\"total_price\":")
          .append(5 + chance.nextInt(200))
          .append(".50,\"items\":[{\"product_id\":\"p")
          .append(chance.nextInt(500))
          .append("\",\"category\":\"k")
          .append(chance.nextInt(10))
          .append("\",\"quantity\":1,\"price\":12.25}]}");
    }
    return json.append("]}").toString();
  }

  private static Path csv(Path file, String run, int rows) throws IOException {
    Random chance = new Random(run.hashCode());
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("customer_id,date,amount,order_id\n");
      for (int i = 0; i < rows; i++) {
        out.write(
            "c%d,202%d-0%d-1%d,%d.25,%s%d%n"
                .formatted(
                    chance.nextInt(100_000),
                    3 + chance.nextInt(3),
                    1 + chance.nextInt(9),
                    chance.nextInt(9),
                    5 + chance.nextInt(200),
                    run,
                    i));
      }
    }
    return file;
  }

  /// The command as a user types it, in a process of its own: start of the JVM, reading, storing
  /// and adding up the profiles.
  private static double importOf(Path data, Path file, int rows)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "import",
                file.toString(),
                "--tenant",
                "demo",
                "--source",
                "bench-import",
                "--quiet",
                "--data",
                data.resolve("db").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("the import failed");
    }
    return rows / ((System.nanoTime() - from) / 1e9);
  }

  /// What follows an import (refit, scores, made-up history) is not what is measured here.
  private static void awaitWhatFollows(ChildServer server)
      throws IOException, InterruptedException {
    HttpRequest status =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/status.json"))
            .build();
    System.out.print("waiting for the refit, the scores and the history after the import ");
    long from = System.nanoTime();
    Thread.sleep(5_000); // the page is some seconds old at times
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (true) {
        String told = client.send(status, HttpResponse.BodyHandlers.ofString()).body();
        JsonNode tree = new ObjectMapper().readTree(told);
        if (tree.findPath("queued").asInt(1) + tree.findPath("running").asInt(1) == 0) {
          System.out.printf(Locale.ROOT, " %.0f s%n", (System.nanoTime() - from) / 1e9);
          return;
        }
        System.out.print(".");
        Thread.sleep(1_000);
      }
    }
  }
}
