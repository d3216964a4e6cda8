package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of a tenant as a whole, and the numbers behind a single answer.
class InsightScenariosTest {
  private static final String CHURN = "/api/intelligence/predict/churn";
  private static final String ANALYZE = "/api/intelligence/analyze";
  private static final String FORECAST = "/api/insights/forecast";
  private static final String MODEL = "/api/insights/model";
  private static final String SCORING = "/api/insights/scoring";
  private static final String SEGMENTS = "/api/segments";
  private static final String SEGMENT = SEGMENTS + "/{segment_id}";
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);
  private static final int CUSTOMERS = 60;

  /// Sixty customers over two years: the lower the number the more often and the longer they buy.
  private static Customer shop() {
    Customer shop = Quimbi.tenant();
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      int gap = 15 + 3 * i;
      for (int day = 700 - 5 * i; day > 3 * (i % 20); day -= gap) {
        orders.add(
            """
            {"customer_id": "c%02d", "order_id": "o%d_%d", "order_date": "%sT10:00:00Z",
             "total_price": %d.00}
            """
                .formatted(i, i, day, TODAY.minusDays(day), 20 + 7 * (day % 5) + i));
      }
    }
    for (int from = 0; from < orders.size(); from += 400) {
      List<String> some = orders.subList(from, Math.min(orders.size(), from + 400));
      Reply stored =
          shop.post(
              "/api/data/ingest_orders",
              "{\"source\": \"shop\", \"orders\": [" + String.join(",", some) + "]}");
      assertEquals(200, stored.status(), stored.text());
    }
    return shop;
  }

  private static JsonNode ok(Reply reply) {
    assertEquals(200, reply.status(), reply.text());
    return reply.json();
  }

  private static String of(int customer) {
    return "{\"customer_id\":\"c%02d\"}".formatted(customer);
  }

  @Test
  void expected_revenue_is_the_sum_of_what_is_expected_of_each() {
    Customer shop = shop();
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < CUSTOMERS; i++) {
      JsonNode one =
          ok(
              shop.post(
                  "/api/intelligence/predict/ltv",
                  "{\"customer_id\":\"c%02d\",\"horizon_months\":6}".formatted(i)));
      sum = sum.add(one.path("forecasted_ltv").decimalValue());
    }

    JsonNode half = ok(shop.get(FORECAST, FORECAST + "?horizon_months=6"));
    JsonNode year = ok(shop.get(FORECAST, FORECAST));

    assertEquals(CUSTOMERS, half.path("customers").asInt());
    // Every customer's forecast is rounded to the cent.
    assertEquals(
        sum.doubleValue(), half.path("expected_revenue").asDouble(), 0.005 * CUSTOMERS + 0.01);
    assertEquals(12, year.path("horizon_months").asInt());
    double expected = year.path("expected_revenue").asDouble();
    assertTrue(expected > half.path("expected_revenue").asDouble());
    assertTrue(year.at("/confidence_interval/lower").asDouble() < expected);
    assertTrue(year.at("/confidence_interval/upper").asDouble() > expected);
    assertEquals("2026-03-15", year.path("from").asText());
    assertEquals(422, shop.get(FORECAST, FORECAST + "?horizon_months=61").status());
  }

  @Test
  void a_new_order_is_in_the_next_forecast() {
    Customer shop = shop();
    double before = ok(shop.get(FORECAST, FORECAST)).path("expected_revenue").asDouble();
    shop.post(
        "/api/data/ingest_orders",
        """
        {"source": "shop", "orders": [{"customer_id": "c59", "order_id": "new",
          "order_date": "2026-03-14T10:00:00Z", "total_price": 900.00}]}
        """);

    assertTrue(ok(shop.get(FORECAST, FORECAST)).path("expected_revenue").asDouble() > before);
  }

  @Test
  void nobody_is_expected_to_spend_nothing() {
    JsonNode none = ok(Quimbi.tenant().get(FORECAST, FORECAST));

    assertEquals(0, none.path("customers").asInt());
    assertEquals(0, none.path("expected_revenue").asDouble());
  }

  @Test
  void the_model_tells_its_numbers_and_how_well_it_foretells() {
    Customer shop = shop();
    JsonNode shipped = ok(shop.get(MODEL, MODEL));
    assertEquals("shipped", shipped.path("status").asText());
    assertFalse(shipped.has("quality"));
    assertFalse(shipped.has("last_refit"));

    Quimbi.platform().refit().now(shop.tenant());

    JsonNode model = ok(shop.get(MODEL, MODEL));
    assertEquals("fitted", model.path("status").asText());
    assertEquals(CUSTOMERS, model.path("customers").asInt());
    assertEquals(16, model.path("fingerprint").asText().length());
    assertEquals(
        model.at("/purchases/parameters").size(), model.at("/purchases/standard_errors").size());
    for (JsonNode error : model.at("/purchases/standard_errors")) {
      assertTrue(error.asDouble() > 0, model.toString());
    }
    JsonNode quality = model.path("quality");
    int forecasts = 0;
    for (JsonNode bin : quality.path("calibration")) {
      forecasts += bin.path("forecasts").asInt();
    }
    assertEquals(quality.path("forecasts").asInt(), forecasts);
    assertTrue(quality.path("log_score").asDouble() > 0);
    assertTrue(quality.path("naive_log_score").asDouble() > 0);
    assertEquals("fitted", model.at("/last_refit/outcome").asText());
    assertEquals("asked", model.at("/last_refit/cause").asText());
    assertEquals(model.path("model_version"), model.at("/last_refit/model_version"));
    // Just fitted: nothing has happened since.
    assertFalse(model.has("drift"));
  }

  @Test
  void contributions_add_up_to_the_difference_from_the_typical_customer() {
    Customer shop = shop();
    Quimbi.platform().refit().now(shop.tenant());
    for (int i = 0; i < CUSTOMERS; i += 9) {
      JsonNode plain = ok(shop.post(CHURN, of(i)));
      JsonNode told =
          ok(shop.caller().send("POST", CHURN, CHURN + "?include=contributions", of(i)));

      BigDecimal sum = told.path("reference_log_odds").decimalValue();
      for (JsonNode factor : told.path("factors")) {
        BigDecimal part = factor.path("contribution").decimalValue();
        assertEquals(
            part.signum() > 0 ? "increases_risk" : "decreases_risk",
            factor.path("direction").asText());
        sum = sum.add(part);
      }
      assertEquals(0, sum.compareTo(told.path("log_odds").decimalValue()), told.toString());
      double risk = 1 / (1 + Math.exp(-sum.doubleValue()));
      assertEquals(told.path("churn_risk_score").asDouble(), risk, 1e-4);
      assertEquals(plain.path("churn_risk_score"), told.path("churn_risk_score"));
      assertFalse(plain.has("log_odds"));
      assertFalse(plain.at("/factors/0").has("contribution"));
    }
    assertEquals(
        422, shop.caller().send("POST", CHURN, CHURN + "?include=everything", of(1)).status());
  }

  @Test
  void whoever_buys_more_often_is_expected_back_sooner() {
    Customer shop = shop();
    JsonNode often = ok(shop.post(CHURN, of(0))).path("next_purchase");
    JsonNode seldom = ok(shop.post(CHURN, of(40))).path("next_purchase");

    int days = often.path("median_days").asInt();
    assertTrue(days >= 1 && days < seldom.path("median_days").asInt(), often + " " + seldom);
    assertEquals(TODAY.plusDays(days).toString(), often.path("expected_on").asText());
    assertEquals(often, ok(shop.post(ANALYZE, of(0))).path("next_purchase"));
    // Nobody knows when somebody without purchases comes.
    assertFalse(
        ok(shop.post(ANALYZE, "{\"customer_id\":\"test_customer_new\"}")).has("next_purchase"));
  }

  @Test
  void the_percentile_counts_those_at_lower_risk_once_everybody_is_scored() {
    String rank = "?include=risk_percentile";
    Customer shop = shop();
    assertFalse(ok(shop.caller().send("POST", CHURN, CHURN + rank, of(7))).has("risk_percentile"));

    Quimbi.platform().upkeep().nightly(shop.tenant(), Quimbi.NOW);

    List<Double> risks = new ArrayList<>();
    List<Double> percentiles = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      JsonNode one = ok(shop.caller().send("POST", CHURN, CHURN + rank, of(i)));
      risks.add(one.path("churn_risk_score").asDouble());
      percentiles.add(one.path("risk_percentile").asDouble(-1));
    }
    for (int i = 0; i < CUSTOMERS; i++) {
      double risk = risks.get(i);
      double lower = risks.stream().filter(other -> other < risk).count();
      assertEquals(100 * lower / CUSTOMERS, percentiles.get(i), 0.051);
    }
    assertEquals(
        percentiles.get(7),
        ok(shop.caller().send("POST", ANALYZE, ANALYZE + rank, of(7)))
            .path("risk_percentile")
            .asDouble());
    assertFalse(
        ok(shop.caller()
                .send(
                    "POST",
                    CHURN,
                    CHURN + rank,
                    "{\"customer_id\":\"c07\",\"as_of\":\"2026-01-01\"}"))
            .has("risk_percentile"));
  }

  @Test
  void the_progress_of_the_scores_is_told() {
    Customer shop = shop();
    JsonNode before = ok(shop.get(SCORING, SCORING));
    assertEquals("waiting", before.path("state").asText());
    assertEquals(0, before.path("scored").asInt());
    assertEquals(CUSTOMERS, before.path("customers").asInt());

    Quimbi.platform().upkeep().nightly(shop.tenant(), Quimbi.NOW);

    JsonNode after = ok(shop.get(SCORING, SCORING));
    assertEquals("current", after.path("state").asText());
    assertEquals(CUSTOMERS, after.path("scored").asInt());
    assertEquals("2026-03-15", after.at("/nightly/day").asText());
    assertTrue(after.at("/nightly").has("ended_at"));
  }

  @Test
  void a_saved_segment_stands_for_its_filter_everywhere() {
    Customer shop = shop();
    String path = SEGMENTS + "/at-risk";
    Reply saved =
        shop.caller()
            .send(
                "PUT",
                SEGMENT,
                path,
                """
                {"name": "At risk", "filter": {"churn_risk_min": 0.3, "sort": "-ltv_12mo",
                  "segment.purchase_value": ["whale", "premium", "mid_tier", "low_value"]}}
                """);
    assertEquals("0.3", ok(saved).at("/filter/churn_risk_min").asText());

    String asked =
        "/api/customers?churn_risk_min=0.3&sort=-ltv_12mo"
            + "&segment.purchase_value=whale,premium,mid_tier,low_value";
    JsonNode byFilter = ok(shop.get("/api/customers", asked)).path("data");
    JsonNode byName =
        ok(shop.get("/api/customers", "/api/customers?saved_segment=at-risk")).path("data");
    assertTrue(byFilter.size() > 0 && byFilter.size() < CUSTOMERS, byFilter.toString());
    assertEquals(byFilter, byName);
    JsonNode one = ok(shop.get(SEGMENT, path));
    assertEquals(byFilter.size(), one.path("customers").asInt());
    assertEquals("At risk", one.path("name").asText());
    assertEquals(1, ok(shop.get(SEGMENTS, SEGMENTS)).path("data").size());

    String csv =
        new String(
            shop.caller().raw("GET", "/api/exports/customers?saved_segment=at-risk", null).body(),
            StandardCharsets.UTF_8);
    assertEquals(byFilter.size() + 1, csv.lines().count());
    String recommend = "/api/intelligence/campaigns/recommend";
    JsonNode campaign =
        ok(shop.post(recommend, "{\"goal\": \"growth\", \"saved_segment\": \"at-risk\"}"));
    for (JsonNode target : campaign.path("data")) {
      assertTrue(target.path("churn_risk").asDouble() >= 0.3, target.toString());
    }
    assertTrue(
        campaign.path("data").size()
            < ok(shop.post(recommend, "{\"goal\": \"growth\"}")).path("data").size());

    // More may be asked beside it, but not the same again; only the order may be another.
    assertEquals(
        422,
        shop.get("/api/customers", "/api/customers?saved_segment=at-risk&churn_risk_min=0.4")
            .status());
    assertEquals(
        200,
        shop.get(
                "/api/customers",
                "/api/customers?saved_segment=at-risk&churn_risk_max=0.9&sort=customer_id")
            .status());
    ok(shop.caller().send("DELETE", SEGMENT, path, null));
    assertEquals("SEGMENT_NOT_FOUND", shop.get(SEGMENT, path).code());
    assertEquals("SEGMENT_NOT_FOUND", shop.caller().send("DELETE", SEGMENT, path, null).code());
    assertEquals(422, shop.get("/api/customers", "/api/customers?saved_segment=at-risk").status());
    assertEquals(
        422,
        shop.post(recommend, "{\"goal\": \"growth\", \"saved_segment\": \"at-risk\"}").status());
  }

  @Test
  void a_wrong_filter_is_not_saved() {
    Customer shop = Quimbi.tenant();
    Reply wrong =
        shop.caller()
            .send(
                "PUT",
                SEGMENT,
                SEGMENTS + "/x",
                "{\"filter\": {\"wealth\": 1, \"segment.purchase_value\": \"rich\"}}");

    assertEquals(422, wrong.status());
    assertEquals(2, wrong.json().at("/error/details/errors").size());
    assertEquals(
        422, shop.caller().send("PUT", SEGMENT, SEGMENTS + "/A%20b", "{\"filter\": {}}").status());
    assertEquals(0, ok(shop.get(SEGMENTS, SEGMENTS)).path("data").size());
    Customer other = Quimbi.tenant();
    ok(shop.caller().send("PUT", SEGMENT, SEGMENTS + "/mine", "{\"filter\": {}}"));
    assertEquals("SEGMENT_NOT_FOUND", other.get(SEGMENT, SEGMENTS + "/mine").code());
  }
}
