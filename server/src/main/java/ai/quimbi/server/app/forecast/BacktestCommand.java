package ai.quimbi.server.app.forecast;

import ai.quimbi.core.forecast.Backtest;
import ai.quimbi.core.forecast.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backtest FILE.csv`: forecasts a past period from what was known before it, and scores the
/// forecasts against what happened.
@Command(
    name = "backtest",
    description = "Forecast a past period from what came before it, and score the forecast.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "FILE has the columns customer_id,date[,amount]. Everything is fitted, chosen and tuned on",
      "purchases up to the calibration end; those after it only judge."
    })
public final class BacktestCommand implements Callable<Integer> {
  private static final int CENTS = 2;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "CSV with a header.")
  private Path file = Path.of("");

  @Option(
      names = "--calibration-end",
      required = true,
      paramLabel = "D",
      description = "The last day that may be known.")
  private @Nullable LocalDate calibrationEnd;

  @Option(
      names = "--horizon-days",
      required = true,
      paramLabel = "N",
      description = "How many days after it are forecast.")
  private int horizonDays;

  @Option(
      names = "--origins",
      paramLabel = "K",
      description = "Earlier origins to learn from, at most (default: 6).")
  private @Nullable Integer origins;

  @Option(
      names = "--predictions",
      paramLabel = "OUT.csv",
      description = "Also write every customer's forecast here.")
  private @Nullable Path predictions;

  @Option(
      names = "--peers",
      description =
          "Also fit the published BG/NBD, MBG/NBD and Pareto/NBD by maximum likelihood, and give"
              + " the difference from the best of them with its bootstrap interval.")
  private boolean withPeers;

  @Option(
      names = "--peer-predictions",
      paramLabel = "FILE.csv",
      description =
          "Also compare with forecasts of the same customers made elsewhere, in the same way:"
              + " columns customer_id,expected_orders,p_purchase. May be given several times; a"
              + " peer is called as its file is.")
  private List<Path> peerPredictions = List.of();

  @Option(names = "--format", paramLabel = "text|json|html", description = "Default: text.")
  private String format = "text";

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (horizonDays < 1 || horizonDays > 3660) {
      throw FitFile.wrong(command, "--horizon-days is 1 to 3660, not " + horizonDays);
    }
    if (origins != null && (origins < 0 || origins > 60)) {
      throw FitFile.wrong(command, "--origins is 0 to 60, not " + origins);
    }
    try {
      BacktestReport report = report();
      String answer =
          switch (format) {
            case "text" -> report.toText().stripTrailing();
            case "json" -> FitFile.json(report.toMap());
            case "html" -> BacktestPage.of(report);
            default ->
                throw FitFile.wrong(command, "--format is text, json or html, not " + format);
          };
      command.commandLine().getOut().println(answer);
      command.commandLine().getOut().flush();
      return 0;
    } catch (FileFault fault) {
      command.commandLine().getErr().println(fault.getMessage());
      return 1;
    }
  }

  private BacktestReport report() throws IOException {
    long start = System.nanoTime();
    Purchases purchases = Purchases.read(file, LocalDate.now(ZoneOffset.UTC).plusDays(1));
    int day = (int) Objects.requireNonNull(calibrationEnd).toEpochDay();
    if (purchases.firstDay() >= day) {
      throw new FileFault(
          "nobody had bought before "
              + calibrationEnd
              + ": the file begins on "
              + LocalDate.ofEpochDay(purchases.firstDay()));
    }
    if (purchases.lastDay() <= day) {
      throw new FileFault(
          "nothing to judge by: the file ends on "
              + LocalDate.ofEpochDay(purchases.lastDay())
              + ", not after "
              + calibrationEnd);
    }
    List<PeerFile> others = others();
    double readSeconds = FitFile.secondsSince(start);
    long fitStart = System.nanoTime();
    Backtest backtest =
        Backtest.of(
            purchases.panel(),
            day,
            horizonDays,
            CENTS,
            Optional.empty(),
            Optional.ofNullable(origins));
    double fitSeconds = FitFile.secondsSince(fitStart);
    Path out = predictions;
    if (out != null) {
      write(out, backtest, purchases.haveAmounts());
    }
    List<Peers.Forecasts> given = others.stream().map(other -> other.of(backtest)).toList();
    List<Peers.Forecasts> peers = new ArrayList<>(given);
    if (withPeers) {
      peers.addAll(Peers.published(backtest));
    }
    return new BacktestReport(
        backtest,
        purchases,
        peers.isEmpty() ? List.of() : Peers.best(backtest, peers),
        given.stream().map(peer -> Peers.best(backtest, List.of(peer))).toList(),
        readSeconds,
        fitSeconds);
  }

  private List<PeerFile> others() throws IOException {
    List<PeerFile> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path path : peerPredictions) {
      PeerFile peer = PeerFile.read(path);
      if (!names.add(peer.name())) {
        throw new FileFault("two peers are called '" + peer.name() + "': rename one of the files");
      }
      files.add(peer);
    }
    return files;
  }

  private static void write(Path out, Backtest backtest, boolean haveAmounts) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "customer_id,expected_orders,p_purchase,expected_spend,spend_lower_95,spend_upper_95\n");
    for (Backtest.Row row : backtest.rows()) {
      text.append(quoted(row.customerId()))
          .append(',')
          .append(row.expectedOrders())
          .append(',')
          .append(row.pPurchase())
          .append(',');
      if (haveAmounts) {
        text.append(row.expectedSpend() / 100)
            .append(',')
            .append(row.spendLower() / 100)
            .append(',')
            .append(row.spendUpper() / 100);
      } else {
        text.append(",,");
      }
      text.append('\n');
    }
    Files.writeString(out, text, StandardCharsets.UTF_8);
  }

  private static String quoted(String id) {
    boolean isPlain = id.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? id : '"' + id.replace("\"", "\"\"") + '"';
  }
}
