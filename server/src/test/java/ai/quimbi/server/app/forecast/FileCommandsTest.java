package ai.quimbi.server.app.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fit FILE.csv` and `backtest FILE.csv` as a person without a server types them.
class FileCommandsTest {
  @TempDir Path folder;

  @Command(name = "fit")
  static final class FitOnly implements Callable<Integer> {
    @Mixin FitFile file = new FitFile();

    @Override
    public Integer call() throws IOException {
      return file.call();
    }
  }

  private record Answer(int code, String out, String err) {}

  private static Answer run(Object command, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Answer(code, out.toString(), err.toString());
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("in.csv"), List.of(lines));
  }

  private Path shop(int customers) throws IOException {
    Random random = new Random(4);
    List<String> lines = new ArrayList<>(List.of("customer_id,date,amount"));
    LocalDate start = LocalDate.of(2024, 1, 1);
    for (int i = 0; i < customers; i++) {
      int day = random.nextInt(200);
      double gap = 10 + random.nextInt(120);
      int last = 100 + random.nextInt(500);
      while (day < last) {
        lines.add("c" + i + "," + start.plusDays(day) + "," + (10 + random.nextInt(50)));
        day += 1 + (int) (-gap * Math.log(1 - random.nextDouble()));
      }
    }
    return Files.write(folder.resolve("shop.csv"), lines);
  }

  @Test
  void a_bad_row_is_named_by_its_line() throws IOException {
    String[][] cases = {
      {"a,2024-01-01,NaN", "line 2: amount is not a number: 'NaN'"},
      {"a,2024-01-01,-5", "line 2: the amount -5.0 is negative"},
      {"a,2024-13-01,5", "line 2: not a date like 2026-01-31: '2024-13-01'"},
      {"a,2999-01-01,5", "line 2: the date 2999-01-01 is in the future"},
      {",2024-01-01,5", "line 2: customer_id is missing"},
      {"a,2024-01-01", "line 2: amount is missing"},
    };
    for (String[] oneCase : cases) {
      Answer answer = run(new FitOnly(), file("customer_id,date,amount", oneCase[0]));
      assertEquals(1, answer.code(), oneCase[0]);
      assertTrue(answer.err().startsWith(oneCase[1]), answer.err());
      assertEquals("", answer.out());
    }
  }

  @Test
  void a_bad_summary_row_is_named_by_its_line() throws IOException {
    String[][] cases = {
      {"a,1.5,2,3", "line 2: frequency is a whole number from 0 on, not 1.5"},
      {"a,1,5,3", "line 2: 0 <= recency <= T does not hold: 5.0, 3.0"},
      {"a,0,1,3", "line 2: without repeat purchases recency is 0, not 1.0"},
      {"a,1,Infinity,3", "line 2: recency is not a number: 'Infinity'"},
    };
    for (String[] oneCase : cases) {
      Path file = file("customer_id,frequency,recency,T", oneCase[0]);
      Answer answer = run(new FitOnly(), file, "--summary");
      assertEquals(1, answer.code(), oneCase[0]);
      assertTrue(answer.err().startsWith(oneCase[1]), answer.err());
    }
  }

  @Test
  void what_is_no_usable_file_says_why() throws IOException {
    assertTrue(run(new FitOnly(), folder.resolve("none.csv")).err().startsWith("there is no file"));
    assertTrue(run(new FitOnly(), file()).err().contains("is empty"));
    assertTrue(
        run(new FitOnly(), file("who,when")).err().startsWith("line 1: no column 'customer_id'"));
    assertTrue(run(new FitOnly(), file("customer_id,date")).err().contains("no purchases"));
    assertTrue(
        run(new FitOnly(), file("customer_id,date", "a,2024-01-01", "b,2024-01-01"))
            .err()
            .startsWith("T is 0 for every customer"));
  }

  @Test
  void data_that_cannot_tell_the_parameters_still_get_an_answer_that_says_so() throws IOException {
    Path oneTimers =
        file("customer_id,date,amount", "a,2024-01-01,0", "b,2024-02-01,5", "c,2024-03-01,5");
    Answer answer = run(new FitOnly(), oneTimers, "--model", "bg-nbd", "--format", "json");
    assertEquals(0, answer.code(), answer.err());
    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertTrue(json.get("degeneracy").asText().contains("no customer has bought twice"));
    assertTrue(Double.isFinite(json.get("log_likelihood").asDouble()));
    Path one = file("customer_id,date,amount", "a,2024-01-01,4", "a,2024-02-01,5");
    assertEquals(0, run(new FitOnly(), one, "--model", "pareto-nbd").code());
  }

  @Test
  void a_fit_answers_in_the_documented_shape() throws IOException {
    Answer answer = run(new FitOnly(), shop(400), "--model", "pareto-nbd", "--format", "json");
    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertEquals("pareto-nbd", json.get("model").asText());
    for (String name : List.of("r", "alpha", "s", "beta")) {
      assertTrue(json.at("/parameters/" + name).isDouble(), answer.out());
      assertTrue(json.at("/standard_errors/" + name).isDouble(), answer.out());
    }
    for (String name : List.of("/bic", "/spend/parameters/gamma", "/seconds/fit")) {
      assertTrue(json.at(name).isDouble(), name);
    }
  }

  @Test
  void a_backtest_scores_its_own_predictions_and_shows_them() throws IOException {
    Path shop = shop(600);
    Path out = folder.resolve("predictions.csv");
    Object[] what = {shop, "--calibration-end", "2025-01-15", "--horizon-days", "60"};
    Object[] asJson =
        new Object[] {
          what[0], what[1], what[2], what[3], what[4], "--format", "json", "--predictions", out
        };
    JsonNode json = new ObjectMapper().readTree(run(new BacktestCommand(), asJson).out());
    List<String> rows = Files.readAllLines(out);
    assertEquals(
        "customer_id,expected_orders,p_purchase,expected_spend,spend_lower_95,spend_upper_95",
        rows.getFirst());
    assertEquals(json.get("customers").asInt(), rows.size() - 1);
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      double p = Double.parseDouble(cells[2]);
      assertTrue(p >= 0 && p <= 1, row);
      assertTrue(Double.parseDouble(cells[4]) <= Double.parseDouble(cells[3]), row);
      assertTrue(Double.parseDouble(cells[5]) >= Double.parseDouble(cells[3]), row);
    }
    assertTrue(json.at("/bought/auc").asDouble() > 0.6, json.toString());
    assertEquals(2, json.at("/spend/aggregate_interval_95").size());
    assertTrue(json.at("/naive/orders/rmse").isDouble());
    Object[] asPage =
        new Object[] {what[0], what[1], what[2], what[3], what[4], "--format", "html"};
    String page = run(new BacktestCommand(), asPage).out();
    assertTrue(page.contains("<svg") && page.contains("<polyline") && page.contains("<table>"));
    assertTrue(!page.contains("http"), "nothing is loaded from elsewhere");
  }

  @Test
  void a_backtest_stands_beside_the_published_models() throws IOException {
    Object[] what = {
      shop(400),
      "--calibration-end",
      "2025-01-15",
      "--horizon-days",
      "60",
      "--peers",
      "--format",
      "json"
    };
    JsonNode json = new ObjectMapper().readTree(run(new BacktestCommand(), what).out());
    assertEquals(json.at("/orders/rmse").asDouble(), json.at("/best_peer/rmse/ours").asDouble());
    assertEquals(json.at("/bought/auc").asDouble(), json.at("/best_peer/auc/ours").asDouble());
    for (String metric : List.of("rmse", "auc", "brier", "log_loss")) {
      JsonNode one = json.at("/best_peer/" + metric);
      double off = one.get("ours").asDouble() - one.get("value").asDouble();
      assertTrue(one.at("/ours_less_theirs_95/0").asDouble() <= off, one.toString());
      assertTrue(one.at("/ours_less_theirs_95/1").asDouble() >= off, one.toString());
    }
  }

  @Test
  void purchases_after_the_calibration_end_change_no_forecast() throws IOException {
    Path shop = shop(300);
    List<String> known = new ArrayList<>();
    for (String line : Files.readAllLines(shop)) {
      String[] cells = line.split(",", -1);
      if (cells[1].equals("date") || cells[1].compareTo("2025-01-15") <= 0) {
        known.add(line);
      }
    }
    known.add("someone_else,2025-01-20,12");
    Path other = Files.write(folder.resolve("known.csv"), known);
    assertEquals(predictions(shop), predictions(other));
  }

  private List<String> predictions(Path file) throws IOException {
    Path out = folder.resolve("out.csv");
    run(
        new BacktestCommand(),
        file,
        "--calibration-end",
        "2025-01-15",
        "--horizon-days",
        "60",
        "--predictions",
        out);
    return Files.readAllLines(out);
  }

  @Test
  void a_period_with_nothing_to_learn_from_or_to_judge_by_is_refused() throws IOException {
    Path shop = shop(20);
    Answer early =
        run(new BacktestCommand(), shop, "--calibration-end", "2020-01-01", "--horizon-days", "9");
    assertTrue(early.err().startsWith("nobody had bought before"), early.err());
    Answer late =
        run(new BacktestCommand(), shop, "--calibration-end", "2026-01-01", "--horizon-days", "9");
    assertTrue(late.err().startsWith("nothing to judge by"), late.err());
  }

  private Answer backtest(Path file, String end, String days) {
    return run(
        new BacktestCommand(),
        file,
        "--calibration-end",
        end,
        "--horizon-days",
        days,
        "--format",
        "json");
  }

  @Test
  void backtest_names_the_line_of_a_bad_row_as_fit_does() throws IOException {
    String[][] cases = {
      {"a,2024-01-01,NaN", "line 3: amount is not a number: 'NaN'"},
      {"a,2024-01-01,-0.01", "line 3: the amount -0.01 is negative"},
      {"a,2024-02-30,5", "line 3: not a date like 2026-01-31: '2024-02-30'"},
      {"a,2999-01-01,5", "line 3: the date 2999-01-01 is in the future"},
      {",2024-01-01,5", "line 3: customer_id is missing"},
      {"a,2024-01-01,1e999", "line 3: amount is not a number: '1e999'"},
    };
    for (String[] oneCase : cases) {
      Path file = file("customer_id,date,amount", "b,2024-01-01,3", oneCase[0]);
      Answer answer = backtest(file, "2024-01-15", "10");
      assertEquals(1, answer.code(), oneCase[0]);
      assertTrue(answer.err().startsWith(oneCase[1]), answer.err());
      assertEquals("", answer.out());
    }
    assertTrue(backtest(file(), "2024-01-15", "10").err().contains("is empty"));
    assertTrue(
        backtest(file("customer_id,date"), "2024-01-15", "10").err().contains("no purchases"));
  }

  /// Every number of an answer is finite, or is not there.
  private static void assertFinite(Answer answer) throws IOException {
    assertEquals(0, answer.code(), answer.err());
    assertTrue(!answer.out().contains("NaN") && !answer.out().contains("Infinity"), answer.out());
    assertTrue(new ObjectMapper().readTree(answer.out()).has("model"), answer.out());
  }

  @Test
  void one_customer_one_day_and_one_purchase_each_still_get_finite_answers() throws IOException {
    String head = "customer_id,date,amount";
    List<String> oneTimers = new ArrayList<>(List.of(head));
    List<String> sameDay = new ArrayList<>(List.of(head));
    for (int i = 0; i < 80; i++) {
      oneTimers.add("c" + i + "," + LocalDate.of(2024, 1, 1).plusDays(i) + ",10");
      sameDay.add("c" + i + ",2024-01-01,10");
    }
    sameDay.add("c1,2024-03-01,10");
    String[][] shops = {
      {head, "a,2024-01-01,5", "a,2024-01-20,5", "a,2024-03-01,5"},
      {head, "a,2024-01-01,0", "b,2024-01-03,0", "a,2024-03-01,0"},
      oneTimers.toArray(String[]::new),
      sameDay.toArray(String[]::new),
    };
    for (String[] shop : shops) {
      Path file = file(shop);
      assertFinite(run(new FitOnly(), file, "--format", "json"));
      assertFinite(backtest(file, "2024-02-10", "20"));
      assertFinite(backtest(file, "2024-02-10", "3000"));
    }
  }

  @Test
  void a_customer_of_a_million_purchases_is_fitted() throws IOException {
    Path file =
        file(
            "customer_id,frequency,recency,T,monetary_value",
            "a,1000000,999.5,1000,3",
            "b,2,30,400,5",
            "c,0,0,200,0",
            "d,1,100,300,2");
    for (String family : List.of("auto", "bg-nbd", "mbg-nbd", "pareto-nbd", "nbd")) {
      assertFinite(run(new FitOnly(), file, "--summary", "--model", family, "--format", "json"));
    }
    List<String> daily = new ArrayList<>(List.of("customer_id,date,amount"));
    LocalDate start = LocalDate.of(2022, 1, 1);
    for (int i = 0; i < 20_000; i++) {
      // Many a day: they count as one.
      daily.add("a," + start.plusDays(i / 20) + ",1");
    }
    daily.add("b,2024-01-01,4");
    Path shop = Files.write(folder.resolve("daily.csv"), daily);
    assertFinite(backtest(shop, "2024-06-30", "60"));
  }

  @Test
  void a_customer_seen_first_on_the_last_day_has_no_time_and_is_no_trouble() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(shop(120)));
    lines.add("late,2025-01-15,10");
    Path file = Files.write(folder.resolve("late.csv"), lines);
    Answer answer = backtest(file, "2025-01-15", "30");
    assertFinite(answer);
    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertTrue(json.at("/spend/coverage_95_by_value_decile").size() == 10, answer.out());
    assertTrue(json.at("/learned/spend_model").isTextual(), answer.out());
    assertFinite(run(new FitOnly(), file, "--calibration-end", "2025-01-15", "--format", "json"));
  }
}
