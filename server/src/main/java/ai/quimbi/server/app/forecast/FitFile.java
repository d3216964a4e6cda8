package ai.quimbi.server.app.forecast;

import ai.quimbi.core.forecast.Estimate;
import ai.quimbi.core.forecast.Family;
import ai.quimbi.core.forecast.Fit;
import ai.quimbi.core.forecast.GammaGamma;
import ai.quimbi.core.forecast.Panel;
import ai.quimbi.core.forecast.PurchaseFit;
import ai.quimbi.core.forecast.SpendFit;
import ai.quimbi.core.stats.Scores;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fit FILE.csv`: estimates a purchase model (and a spend model, where there are amounts) from a
/// file, as the literature does, without a server. Mixed into the `fit` command.
public final class FitFile implements Callable<Integer> {
  private static final int CENTS = 2;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "CSV with a header: customer_id,date[,amount].")
  private @Nullable Path file;

  @Option(
      names = "--summary",
      description = "FILE has customer_id,frequency,recency,T[,monetary_value].")
  private boolean summary;

  @Option(
      names = "--calibration-end",
      paramLabel = "D",
      description = "Use purchases up to this day only (default: the last in the file).")
  private @Nullable LocalDate calibrationEnd;

  @Option(
      names = "--time-unit",
      paramLabel = "day|week",
      description = "The unit of the results, and of a summary's times (default: day).")
  private String timeUnit = "day";

  @Option(
      names = "--model",
      paramLabel = "auto|nbd|bg-nbd|mbg-nbd|pareto-nbd",
      description = "Default: auto, the one that foretold best at earlier origins.")
  private String model = "auto";

  @Option(names = "--format", paramLabel = "text|json", description = "Default: text.")
  private String format = "text";

  /// Whether a file was named.
  public boolean isAsked() {
    return file != null;
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    int unitDays =
        switch (timeUnit) {
          case "day" -> 1;
          case "week" -> 7;
          default -> throw wrong(command, "--time-unit is day or week, not " + timeUnit);
        };
    Optional<Family> family = Family.ofLabel(model);
    if (family.isEmpty() && !model.equals("auto")) {
      throw wrong(command, "--model is auto, nbd, bg-nbd, mbg-nbd or pareto-nbd, not " + model);
    }
    if (!format.equals("text") && !format.equals("json")) {
      throw wrong(command, "--format is text or json, not " + format);
    }
    try {
      FitReport report = report(Objects.requireNonNull(file), family, unitDays);
      command
          .commandLine()
          .getOut()
          .println(format.equals("json") ? json(report.toMap()) : report.toText().stripTrailing());
      command.commandLine().getOut().flush();
      return 0;
    } catch (FileFault fault) {
      command.commandLine().getErr().println(fault.getMessage());
      return 1;
    }
  }

  private FitReport report(Path file, Optional<Family> wanted, int unitDays) throws IOException {
    long start = System.nanoTime();
    Summaries customers;
    Optional<Panel> histories = Optional.empty();
    int end = 0;
    if (summary) {
      customers = Summaries.read(file);
    } else {
      Purchases purchases = Purchases.read(file, LocalDate.now(ZoneOffset.UTC).plusDays(1));
      end = calibrationEnd == null ? purchases.lastDay() : (int) calibrationEnd.toEpochDay();
      customers = Summaries.of(purchases, end, unitDays);
      histories = Optional.of(purchases.panel());
    }
    if (Arrays.stream(customers.age()).allMatch(age -> age == 0)) {
      throw new FileFault(
          "T is 0 for every customer: all first purchases are from the last day, so there is no"
              + " time to learn from");
    }
    int day = end;
    Optional<Panel> panel = histories;
    Optional<Family> family = wanted.or(() -> asForetold(panel, day));
    double readSeconds = secondsSince(start);
    long fitStart = System.nanoTime();
    Estimate likeliest = family.map(f -> likeliest(f, customers)).orElseGet(() -> best(customers));
    Optional<SpendFit.Fitted<GammaGamma>> spend =
        customers.haveAmounts() ? spend(customers) : Optional.empty();
    double fitSeconds = secondsSince(fitStart);
    Estimate probable =
        PurchaseFit.probable(
            likeliest.model().family(),
            customers.frequency(),
            customers.recency(),
            customers.age(),
            unitDays);
    return new FitReport(
        likeliest,
        probable,
        spend,
        frequencyValueCorrelation(customers),
        spend.isEmpty()
            ? Optional.empty()
            : panel.map(p -> SpendFit.compare(p, day, CENTS, likeliest.model().family())),
        readSeconds,
        fitSeconds);
  }

  private static Optional<Family> asForetold(Optional<Panel> panel, int day) {
    return panel.map(p -> Fit.family(p, day));
  }

  // Among repeat customers. The spend models take it for zero; what it does to the value of coming
  // purchases is learned from earlier origins.
  private static OptionalDouble frequencyValueCorrelation(Summaries customers) {
    int[] x = customers.frequency();
    double[] value = customers.monetaryValue();
    int[] repeaters = IntStream.range(0, x.length).filter(i -> x[i] > 0 && value[i] > 0).toArray();
    double r =
        Scores.spearman(
            Arrays.stream(repeaters).mapToDouble(i -> x[i]).toArray(),
            Arrays.stream(repeaters).mapToDouble(i -> value[i]).toArray());
    return Double.isFinite(r) ? OptionalDouble.of(r) : OptionalDouble.empty();
  }

  private static Estimate likeliest(Family family, Summaries c) {
    return PurchaseFit.likeliest(family, c.frequency(), c.recency(), c.age());
  }

  // A summary holds no earlier origins to foretell from: Schwarz's criterion decides.
  private static Estimate best(Summaries customers) {
    return Arrays.stream(Family.values())
        .map(family -> likeliest(family, customers))
        .min(Comparator.comparingDouble(Estimate::bic))
        .orElseThrow();
  }

  private static Optional<SpendFit.Fitted<GammaGamma>> spend(Summaries customers) {
    double[] values = customers.monetaryValue();
    int[] x = customers.frequency();
    for (int i = 0; i < x.length; i++) {
      if (x[i] > 0 && values[i] > 0) {
        return Optional.of(SpendFit.likeliest(x, values));
      }
    }
    return Optional.empty();
  }

  static String json(Object value) throws JsonProcessingException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  static ParameterException wrong(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
