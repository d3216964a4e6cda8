package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Fits to the CDNOW sample against the estimates and quantities the literature prints.
class PublishedEstimatesTest {

  /// The columns of a published summary file.
  @SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
  private record Columns(int[] x, double[] recency, double[] age, double[] spend) {
    static Columns of(String name) throws IOException {
      List<String[]> rows = Published.rows("data/" + name);
      return new Columns(
          rows.stream().mapToInt(row -> Integer.parseInt(row[1])).toArray(),
          rows.stream().mapToDouble(row -> Double.parseDouble(row[2])).toArray(),
          rows.stream().mapToDouble(row -> Double.parseDouble(row[3])).toArray(),
          rows.stream()
              .mapToDouble(row -> row.length > 4 ? Double.parseDouble(row[4]) : 0)
              .toArray());
    }
  }

  private static Estimate fit(Family family) throws IOException {
    Columns c = Columns.of("cdnow_sample_summary_39wk.csv");
    return PurchaseFit.likeliest(family, c.x(), c.recency(), c.age());
  }

  @Test
  void the_maxima_of_the_likelihoods_are_found_to_five_decimals() throws IOException {
    assertEquals(-9582.42556, fit(Family.BG_NBD).logLikelihood(), 5e-6);
    assertEquals(-9582.13268, fit(Family.MBG_NBD).logLikelihood(), 6e-6);
    assertEquals(-9594.97393, fit(Family.PARETO_NBD).logLikelihood(), 5e-6);
    Columns c = Columns.of("cdnow_sample_summary_39wk_spend.csv");
    SpendFit.Fitted<GammaGamma> spend = SpendFit.likeliest(c.x(), c.spend());
    assertEquals(-4055.92324, spend.logLikelihood(), 5e-6);
    assertEquals(946, spend.customers());
    // Fader & Hardie (2013), note 025.
    assertEquals(6.25, spend.model().p(), 0.005);
    assertEquals(3.74, spend.model().q(), 0.005);
    assertEquals(15.44, spend.model().gamma(), 0.01);
  }

  @Test
  void the_estimates_agree_with_every_published_one() throws IOException {
    int checked = 0;
    for (JsonNode entry : Published.values()) {
      String quantity = entry.get("quantity").asText();
      String model = entry.get("model").asText();
      boolean isCdnow = entry.get("data").asText().startsWith("CDNOW");
      boolean isOurs =
          List.of("BG/NBD", "MBG/NBD", "Pareto/NBD").contains(model)
              && isCdnow
              && (quantity.startsWith("params")
                  || quantity.startsWith("MLE")
                  || quantity.equals("standard errors"));
      if (!isOurs) {
        continue;
      }
      Estimate fit = fit(OracleTest.family(entry));
      double[] actual =
          quantity.equals("standard errors")
              ? fit.standardErrors().toArray()
              : fit.model().parameters().toArray();
      List<String> names = fit.model().family().parameterNames();
      for (int i = 0; i < actual.length; i++) {
        double expected = entry.get("value").get(names.get(i)).asDouble();
        assertEquals(
            expected, actual[i], tolerance(entry, expected), names.get(i) + " of " + entry);
      }
      checked++;
    }
    assertEquals(9, checked);
  }

  @Test
  void the_published_quantities_follow_from_the_published_parameters() throws IOException {
    // What is printed without its parameters was computed from unrounded estimates.
    PurchaseModel rounded = Family.BG_NBD.with(0.243, 4.414, 0.793, 2.426);
    PurchaseModel fitted = fit(Family.BG_NBD).model();
    PurchaseModel pareto = Family.PARETO_NBD.with(0.5534, 10.5802, 0.6061, 11.6562);
    int checked = 0;
    for (JsonNode entry : Published.values()) {
      JsonNode in = entry.get("inputs");
      PurchaseModel bg = in.has("r") ? rounded : fitted;
      double t = in.path("t").asDouble();
      String of = entry.get("model").asText() + " " + entry.get("quantity").asText();
      boolean isPrinted = !entry.get("source").asText().contains("mpmath");
      double tolerance = entry.path("tolerance").asDouble();
      int x = in.path("x").asInt();
      double tx = in.path("t_x").asDouble();
      double age = in.path("T").asDouble();
      double[] got =
          !isPrinted
              ? new double[0]
              : switch (of) {
                case "BG/NBD E[X(T,T+39)]" -> new double[] {bg.expected(x, tx, age, t)};
                case "BG/NBD E[X(t)]" ->
                    OracleTest.numbers(in.get("t")).stream().mapToDouble(bg::expectedNew).toArray();
                case "BG/NBD P(X(2)=10)", "BG/NBD P(X(39)=0)" ->
                    new double[] {bg.pCountNew(in.get("n").asInt(), t)};
                case "BG/NBD P(X(30)=n) n=11..20" -> counts(bg, t);
                case "Pareto/NBD E[X(T,T+52)]" -> new double[] {pareto.expected(x, tx, age, t)};
                case "Pareto/NBD P(alive)" -> new double[] {pareto.pAlive(x, tx, age)};
                default -> new double[0];
              };
      List<Double> expected =
          entry.get("value").isArray()
              ? OracleTest.numbers(entry.get("value"))
              : List.of(entry.get("value").asDouble());
      for (int i = 0; i < got.length; i++) {
        assertEquals(expected.get(i), got[i], Math.max(tolerance, 1e-12), entry.toString());
      }
      checked += got.length > 0 ? 1 : 0;
    }
    assertEquals(8, checked);
  }

  private static double[] counts(PurchaseModel model, double t) {
    double[] counts = new double[10];
    for (int i = 0; i < 10; i++) {
      counts[i] = model.pCountNew(11 + i, t);
    }
    return counts;
  }

  @Test
  void stress_inputs_stay_finite() {
    ParetoNbd clv = new ParetoNbd(0.5143, 2.8845, 0.2856, 14.1087);
    double alive = clv.pAlive(221, 103.42857, 103.57143);
    assertTrue(alive >= 0 && alive <= 1);
    ParetoNbd overflow = new ParetoNbd(10.465, 0.00798565181, 3.0516, 2.82);
    assertTrue(Double.isFinite(overflow.logLikelihood(500, 4, 37)));
    ParetoNbd jump = new ParetoNbd(0.55, 10.58, 0.61, 11.67);
    assertEquals(6.206051788963242, jump.expected(132, 200, 200, 10), 1e-6);
    assertEquals(6.252872247574811, jump.expected(133, 200, 200, 10), 1e-6);
  }

  private static double tolerance(JsonNode entry, double expected) {
    double stated = entry.get("tolerance").asDouble();
    // The 1e-4 of the recomputed optima is relative; printed estimates state absolute ones.
    return entry.get("quantity").asText().startsWith("MLE") ? stated * expected : stated;
  }
}
