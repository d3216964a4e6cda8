package ai.quimbi.server.app.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `backtest … --peer-predictions FILE.csv`: forecasts made elsewhere beside ours.
class PeerPredictionsTest {
  private static final List<String> METRICS = List.of("rmse", "auc", "brier", "log_loss");
  private static final LocalDate START = LocalDate.of(2024, 1, 1);

  @TempDir private Path folder;
  private Path shop = Path.of("");

  private record Answer(int code, String out, String err) {}

  @BeforeEach
  void a_shop_of_two_hundred() throws IOException {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>(List.of("customer_id,date"));
    for (int i = 0; i < 200; i++) {
      double gap = 15 + random.nextInt(150);
      int day = random.nextInt(150);
      while (day < 420) {
        lines.add("c" + i + "," + START.plusDays(day));
        day += 1 + (int) (-gap * Math.log(1 - random.nextDouble()));
      }
    }
    shop = Files.write(folder.resolve("shop.csv"), lines);
  }

  private Answer backtest(String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new BacktestCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                with(
                    new String[] {
                      shop.toString(), "--calibration-end", "2024-12-15", "--horizon-days", "60"
                    },
                    more));
    return new Answer(code, out.toString(), err.toString());
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  /// Our own forecasts, each row changed a little; whatever comes out has our customers.
  private Path peer(String name, UnaryOperator<String> change) throws IOException {
    Path ours = folder.resolve("ours.csv");
    assertEquals(0, backtest("--predictions", ours.toString()).code());
    List<String> lines = Files.readAllLines(ours);
    List<String> changed = new ArrayList<>(List.of(lines.getFirst()));
    lines.subList(1, lines.size()).stream().map(change).forEach(changed::add);
    return Files.write(folder.resolve(name), changed);
  }

  private static String halved(String row) {
    String[] cells = row.split(",", -1);
    return "%s,%s,%s"
        .formatted(cells[0], Double.parseDouble(cells[1]) / 2, Double.parseDouble(cells[2]) / 2);
  }

  @Test
  void whoever_forecasts_the_same_is_neither_better_nor_worse() throws IOException {
    Path same = peer("same.csv", row -> row);
    Answer answer = backtest("--peer-predictions", same.toString(), "--format", "json");
    JsonNode json = new ObjectMapper().readTree(answer.out());
    for (String metric : METRICS) {
      JsonNode one = json.at("/peer_predictions/same/" + metric);
      assertEquals(one.get("ours").asDouble(), one.get("value").asDouble(), metric);
      assertEquals(0, one.at("/ours_less_theirs_95/0").asDouble(), metric);
      assertEquals(0, one.at("/ours_less_theirs_95/1").asDouble(), metric);
      assertEquals("same", json.at("/best_peer/" + metric + "/model").asText());
    }
  }

  @Test
  void half_of_every_forecast_ranks_alike_and_is_worse_by_what_was_left_out() throws IOException {
    Path half = peer("half.csv", PeerPredictionsTest::halved);
    Answer answer = backtest("--peer-predictions", half.toString(), "--format", "json");
    JsonNode json = new ObjectMapper().readTree(answer.out());
    JsonNode auc = json.at("/peer_predictions/half/auc");
    assertEquals(auc.get("ours").asDouble(), auc.get("value").asDouble(), 1e-12);
    JsonNode loss = json.at("/peer_predictions/half/log_loss");
    assertTrue(loss.at("/ours_less_theirs_95/1").asDouble() < 0, loss.toString());
    assertEquals(json.at("/bought/log_loss").asDouble(), loss.get("ours").asDouble());
  }

  @Test
  void the_best_of_all_is_told_beside_each_file_of_its_own() throws IOException {
    Path half = peer("half.csv", PeerPredictionsTest::halved);
    // The order of rows, more columns and customers nobody asks about do not matter.
    List<String> backwards = new ArrayList<>(Files.readAllLines(half));
    String head = backwards.removeFirst();
    backwards.add("a stranger,1,0.5");
    backwards.add(head);
    Path other = Files.write(folder.resolve("a<b>.csv"), backwards.reversed());
    String[] both = {"--peer-predictions", half.toString(), "--peer-predictions", other.toString()};
    Answer text = backtest(both);
    assertTrue(text.out().contains("beside half:\n  rmse"), text.out());
    assertTrue(text.out().contains("beside a<b>:\n  rmse"), text.out());
    String page = backtest(with(both, "--format", "html")).out();
    assertTrue(page.contains("beside a&lt;b&gt;:"), "a file's name is no markup");
    Answer all = backtest(with(both, "--peers", "--format", "json"));
    JsonNode json = new ObjectMapper().readTree(all.out());
    for (String metric : List.of("rmse", "brier", "log_loss")) {
      assertEquals(
          json.at("/peer_predictions/half/" + metric + "/ours_less_theirs_95"),
          json.at("/peer_predictions/a<b>/" + metric + "/ours_less_theirs_95"));
      double best = json.at("/best_peer/" + metric + "/value").asDouble();
      assertTrue(best < json.at("/peer_predictions/half/" + metric + "/value").asDouble(), metric);
      assertTrue(json.at("/best_peer/" + metric + "/model").asText().endsWith("nbd"), metric);
    }
  }

  @Test
  void a_forecast_that_is_none_is_named_by_its_line() throws IOException {
    String[][] cases = {
      {"c1,NaN,0.5", "line 3: expected_orders is not a number: 'NaN'"},
      {"c1,Infinity,0.5", "line 3: expected_orders is not a number: 'Infinity'"},
      {"c1,-0.1,0.5", "line 3: expected_orders is negative: -0.1"},
      {"c1,1,1.01", "line 3: p_purchase is from 0 to 1, not 1.01"},
      {"c1,1,-0.01", "line 3: p_purchase is from 0 to 1, not -0.01"},
      {"c1,1,", "line 3: p_purchase is missing"},
      {",1,0.5", "line 3: customer_id is missing"},
      {"c0,1,0.5", "line 3: customer 'c0' stands here a second time"},
    };
    for (String[] oneCase : cases) {
      Path file =
          Files.write(
              folder.resolve("peer.csv"),
              List.of("customer_id,expected_orders,p_purchase", "c0,1,0.5", oneCase[0]));
      Answer answer = backtest("--peer-predictions", file.toString());
      assertEquals(1, answer.code(), oneCase[0]);
      assertTrue(answer.err().startsWith(oneCase[1]), answer.err());
      assertEquals("", answer.out());
    }
  }

  @Test
  void customers_long_silent_after_hundreds_of_purchases_are_no_trouble_to_the_published_models()
      throws IOException {
    // A ratio of likelihoods so near one comes out a rounding error above it for some of them.
    List<String> lines = new ArrayList<>(Files.readAllLines(shop));
    for (int i = 0; i < 60; i++) {
      for (int day = 0; day < 30 + 2 * i; day++) {
        lines.add("early" + i + "," + START.minusDays(400).plusDays(day));
      }
    }
    Files.write(shop, lines);
    Answer answer = backtest("--peers", "--format", "json");
    assertEquals(0, answer.code(), answer.err());
    for (String metric : METRICS) {
      String at = "/best_peer/" + metric + "/value";
      assertTrue(new ObjectMapper().readTree(answer.out()).at(at).isDouble(), metric);
    }
  }

  @Test
  void a_file_that_does_not_fit_the_cohort_says_why() throws IOException {
    Path half = peer("half.csv", PeerPredictionsTest::halved);
    List<String> lines = Files.readAllLines(half);
    lines.removeIf(line -> line.startsWith("c17,"));
    Path incomplete = Files.write(folder.resolve("short.csv"), lines);
    String missing = backtest("--peer-predictions", incomplete.toString()).err();
    assertTrue(missing.contains("has no forecast for 1 of the"), missing);
    assertTrue(missing.contains("'c17'"), missing);

    Path odd = Files.write(folder.resolve("odd.csv"), List.of("customer_id,p_purchase", "c0,1"));
    String column = backtest("--peer-predictions", odd.toString()).err();
    assertTrue(column.startsWith("line 1: no column 'expected_orders'"), column);

    String none = backtest("--peer-predictions", folder.resolve("no.csv").toString()).err();
    assertTrue(none.startsWith("there is no file"), none);

    String twice =
        backtest("--peer-predictions", half.toString(), "--peer-predictions", half.toString())
            .err();
    assertTrue(twice.startsWith("two peers are called 'half'"), twice);
    assertFalse(backtest().out().contains("beside"), "no peer, no comparison");
  }
}
