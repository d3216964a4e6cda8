package ai.quimbi.bench;

import ai.quimbi.core.access.Signature;
import ai.quimbi.core.access.Signature.Signed;
import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.app.Installation;
import ai.quimbi.server.app.Settings;
import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.jobs.JobHandler.Ending;
import ai.quimbi.server.jobs.Workers;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.copilot.Clients;
import ai.quimbi.server.store.jobs.Jobs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// `./quimbi bench copilot [seconds] [rounds]`: the check of a signature beside the bare Mac,
/// signed tools beside the bare endpoint, the planner, and the queue of jobs.
final class CopilotBench {
  private static final String CLIENT = "bench";
  private static final String SECRET = "bench-secret";
  private static final List<String> ACCOUNTS =
      List.of("acme-001", "globex-001", "initech-001", "acme-002");
  private static final int CONNECTIONS = 64;
  private static final int JOBS = 5_000;

  private CopilotBench() {}

  static void run(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 4;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    signature(rounds);
    Path data = Files.createTempDirectory("quimbi-bench");
    try (ChildServer server = ChildServer.start(data, "empty")) {
      tools(server, seconds, rounds);
      planner(server, seconds);
    }
    queue();
  }

  /// What the measured server knows of: the demo's accounts, and a client without a limit.
  static void prepare(Databases databases, Tenant tenant, Instant now) {
    new DemoAccounts(databases).tell(tenant, now);
    Set<String> all =
        Arrays.stream(ToolName.values()).map(ToolName::label).collect(Collectors.toSet());
    Clients.Wish wish =
        new Clients.Wish(CLIENT, tenant.id(), Set.of(Subject.PUBLIC), all, false, 100_000_000);
    new Clients(databases.control(), databases.vault()).add(wish, SECRET, now);
  }

  private static void signature(int rounds) throws Exception {
    byte[] body = "x".repeat(1024).getBytes(StandardCharsets.UTF_8);
    SigningSecret secret = SigningSecret.of(SECRET);
    String signature = Signature.v1(secret, "1700000000000", CLIENT, body);
    Signed request =
        new Signed("POST", "/tool/x", "", CLIENT, "1700000000000", null, signature, body);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    List<Double> bare = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    int calls = 50_000;
    long used = 0;
    for (int round = 0; round < rounds + 2; round++) {
      long from = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        used += mac.doFinal(body)[0];
      }
      double plain = (System.nanoTime() - from) / (double) calls;
      from = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        used += Signature.check(request, List.of(secret), false, 1_700_000_000_000L).hashCode() & 1;
      }
      double check = (System.nanoTime() - from) / (double) calls;
      if (round >= 2) { // two rounds warm up
        bare.add(plain);
        ratios.add(check / plain);
      }
    }
    System.out.printf(
        "signature of 1 KB: bare Mac %.0f ns, whole check %.2f times that (%d)%n",
        median(bare), median(ratios), used & 1);
  }

  private static void tools(ChildServer server, double seconds, int rounds) throws Exception {
    List<byte[]> bare = ACCOUNTS.stream().map(id -> Load.get("/bare/" + id)).toList();
    for (ToolName tool : List.of(ToolName.GET_CONTRACT_INFO, ToolName.CALCULATE_HEALTH)) {
      List<Double> rates = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < rounds + 1; round++) {
        List<byte[]> signed = ACCOUNTS.stream().map(id -> signed(tool, id)).toList();
        double plain =
            Load.run(server.port(), CONNECTIONS, seconds, i -> bare.get(i % bare.size()))
                .perSecond();
        double rate =
            Load.run(server.port(), CONNECTIONS, seconds, i -> signed.get(i % signed.size()))
                .perSecond();
        if (round > 0) {
          rates.add(rate);
          ratios.add(rate / plain);
        }
      }
      System.out.printf(
          "%s: %.0f signed calls/s, %.2f of the bare endpoint's%n",
          tool.label(), median(rates), median(ratios));
    }
  }

  private static byte[] signed(ToolName tool, String customer) {
    String body = "{\"customerId\":\"" + customer + "\",\"params\":{}}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String time = Long.toString(System.currentTimeMillis());
    String head =
        "POST /tool/"
            + tool.label()
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Client: "
            + CLIENT
            + "\r\nX-Timestamp: "
            + time
            + "\r\nX-Signature: "
            + Signature.v1(SigningSecret.of(SECRET), time, CLIENT, bytes)
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  private static void planner(ChildServer server, double seconds) throws Exception {
    byte[] question =
        Load.post(
            "/api/copilot/plan", server.key(), "{\"message\":\"Draft an email for acme-001\"}");
    Load.run(server.port(), 1, seconds, i -> question);
    Load.Round round = Load.run(server.port(), 1, seconds, i -> question);
    System.out.printf(
        "planner with five tools, one caller: median %.1f ms, p99 %.1f ms (%d answers)%n",
        round.p50Millis(), round.p99Millis(), round.requests());
  }

  private static void queue() throws Exception {
    Path data = Files.createTempDirectory("quimbi-bench-jobs");
    try (Installation installation =
        Installation.ofServer(
            Settings.read(Map.of("QUIMBI_DATA", data.toString())), "bench", n -> {})) {
      Databases databases = installation.databases();
      Tenant tenant =
          new Tenant("bench", "Bench", "retail", ZoneId.of("UTC"), Currency.getInstance("USD"));
      databases.tenants().create(tenant);
      Jobs jobs = new Jobs(databases.control());
      for (int callers : new int[] {4, 32}) {
        // The first round of each warms up.
        queue(jobs, "w" + callers + "-", callers);
        double[] rates = queue(jobs, "j" + callers + "-", callers);
        System.out.printf(
            "queue, %d callers: %.0f jobs/s queued, %.0f jobs/s worked off, %.0f jobs/s through it"
                + " when both go on at once (%d jobs)%n",
            callers, rates[0], rates[1], rates[2], JOBS);
      }
    }
  }

  /// Jobs a second: queued, worked off, and through the queue from both ends at once.
  private static double[] queue(Jobs jobs, String prefix, int callers) throws Exception {
    long from = System.nanoTime();
    callTogether(jobs, prefix, callers);
    double queued = JOBS / ((System.nanoTime() - from) / 1e9);
    CountDownLatch done = new CountDownLatch(JOBS);
    from = System.nanoTime();
    try (Workers _ = workers(jobs, done)) {
      done.await();
    }
    double worked = JOBS / ((System.nanoTime() - from) / 1e9);
    CountDownLatch both = new CountDownLatch(JOBS);
    from = System.nanoTime();
    try (Workers _ = workers(jobs, both)) {
      callTogether(jobs, prefix + "both-", callers);
      both.await();
    }
    return new double[] {queued, worked, JOBS / ((System.nanoTime() - from) / 1e9)};
  }

  private static void callTogether(Jobs jobs, String prefix, int callers)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < callers; c++) {
      int first = c;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = first; i < JOBS; i += callers) {
                      jobs.start(new Jobs.Wish(prefix + i, "bench", "none", "bench", "{}", 3));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Workers workers(Jobs jobs, CountDownLatch done) {
    return Workers.start(
        jobs,
        Map.of(
            "none",
            (job, progress) -> {
              done.countDown();
              return new Ending.Succeeded("{}");
            }),
        new Workers.Settings(16, Duration.ofMillis(50), Duration.ofSeconds(15)));
  }

  private static double median(List<Double> values) {
    return HttpBench.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
