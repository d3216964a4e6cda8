package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The requests of the API's document, as it writes them, and the shapes of its answers.
class DocumentExamplesTest {
  private static final String ANALYZE = "/api/intelligence/analyze";
  private static final String CHURN = "/api/intelligence/predict/churn";
  private static final String LTV = "/api/intelligence/predict/ltv";

  @Test
  void the_example_test_request_is_answered_in_a_tenant_without_data() {
    Customer quimbi = Quimbi.tenant();

    Reply reply =
        quimbi.post(ANALYZE, "{\"customer_id\": \"test_customer_high_ltv\", \"context\": {}}");

    assertEquals(200, reply.status());
    assertEquals("low", reply.json().at("/predictions/churn_risk_level").asText());
    assertEquals("private, max-age=900", reply.header("Cache-Control"));
  }

  @Test
  void analyze_answers_an_unknown_customer_from_the_context() {
    Customer quimbi = Quimbi.tenant();

    Reply reply =
        quimbi.post(
            ANALYZE,
            """
            {
              "customer_id": "cust_12345",
              "context": {
                "orders": [
                  {
                    "order_id": "order_1",
                    "total_price": 150.00,
                    "order_date": "2024-01-15T10:30:00Z",
                    "items": [
                      {
                        "product_id": "prod_123",
                        "product_name": "Premium Quilting Cotton",
                        "category": "fabric",
                        "quantity": 3,
                        "price": 50.00
                      }
                    ]
                  }
                ],
                "interactions": [
                  {
                    "type": "support_ticket",
                    "timestamp": "2024-02-20T14:00:00Z",
                    "channel": "email"
                  }
                ]
              }
            }
            """);

    JsonNode json = reply.json();
    assertEquals(200, reply.status());
    assertEquals("cust_12345", json.path("customer_id").asText());
    assertEquals("L2", json.at("/archetype/level").asText());
    assertEquals(
        List.of(
            "purchase_value",
            "price_sensitivity",
            "shopping_maturity",
            "purchase_frequency",
            "return_behavior",
            "category_affinity",
            "shopping_cadence",
            "repurchase_behavior"),
        names(json.at("/archetype/segments")));
    assertEquals(
        new BigDecimal("150.00"), json.at("/behavioral_metrics/lifetime_value").decimalValue());
    assertEquals(1, json.at("/behavioral_metrics/total_orders").asInt());
    assertEquals(790, json.at("/behavioral_metrics/days_since_last_purchase").asInt());
    assertEquals(790, json.at("/behavioral_metrics/customer_tenure_days").asInt());
    assertEquals(
        List.of("churn_risk", "churn_risk_level", "ltv_12mo"), names(json.path("predictions")));
    assertTrue(json.path("communication_guidance").isArray());
    // Not stored: without its context the customer is unknown.
    assertEquals(404, quimbi.post(ANALYZE, "{\"customer_id\":\"cust_12345\"}").status());
  }

  @Test
  void churn_is_predicted_with_factors_and_recommendations() {
    Customer quimbi = Quimbi.tenant();

    Reply reply = quimbi.post(CHURN, "{\"customer_id\": \"test_customer_low_ltv\"}");

    assertEquals(200, reply.status());
    assertEquals("high", reply.json().path("risk_level").asText());
    assertTrue(reply.json().path("churn_risk_score").asDouble() >= 0.55);
    assertTrue(reply.json().path("factors").size() > 0);
    for (JsonNode factor : reply.json().path("factors")) {
      assertEquals(List.of("factor", "value", "impact", "direction"), names(factor));
    }
    assertTrue(reply.json().path("recommendations").size() > 0);
    assertEquals("private, max-age=3600", reply.header("Cache-Control"));
  }

  @Test
  void lifetime_value_is_forecast_over_the_horizon_with_an_interval() {
    Customer quimbi = Quimbi.tenant();

    Reply reply =
        quimbi.post(LTV, "{\"customer_id\": \"test_customer_high_ltv\", \"horizon_months\": 12}");

    JsonNode json = reply.json();
    assertEquals(200, reply.status());
    assertEquals(12, json.path("horizon_months").asInt());
    assertEquals(json.path("forecasted_ltv"), json.path("incremental_ltv"));
    double lower = json.at("/confidence_interval/lower").asDouble();
    double upper = json.at("/confidence_interval/upper").asDouble();
    assertTrue(0 <= lower && lower <= json.path("forecasted_ltv").asDouble());
    assertTrue(json.path("forecasted_ltv").asDouble() <= upper);
    assertEquals(0.95, json.at("/confidence_interval/confidence_level").asDouble());
  }

  @Test
  void orders_are_ingested_as_the_document_writes_them() {
    Customer quimbi = Quimbi.tenant();
    String body =
        """
        {
          "source": "shopify",
          "orders": [
            {
              "customer_id": "cust_12345",
              "order_id": "order_789",
              "order_date": "2024-03-15T14:30:00Z",
              "total_price": 125.50,
              "items": [
                {
                  "product_id": "prod_456",
                  "product_name": "Cotton Batting - Queen Size",
                  "category": "batting",
                  "quantity": 1,
                  "price": 45.00
                },
                {
                  "product_id": "prod_789",
                  "product_name": "Quilting Thread Set",
                  "category": "notions",
                  "quantity": 3,
                  "price": 26.83
                }
              ]
            }
          ]
        }
        """;

    Reply first = quimbi.post("/api/data/ingest_orders", body);
    Reply again = quimbi.post("/api/data/ingest_orders", body);

    assertEquals(200, first.status());
    assertEquals(
        Quimbi.json(
            """
            {"ingested_count": 1, "duplicate_count": 0, "status": "success",
             "customer_profiles_updated": ["cust_12345"]}
            """),
        first.json());
    assertEquals(0, again.json().path("ingested_count").asInt());
    assertEquals(1, again.json().path("duplicate_count").asInt());
  }

  @Test
  void interactions_are_ingested_as_the_document_writes_them() {
    Customer quimbi = Quimbi.tenant();

    Reply reply =
        quimbi.post(
            "/api/data/ingest_interactions",
            """
            {
              "source": "support_app",
              "interactions": [
                {
                  "customer_id": "cust_12345",
                  "interaction_type": "support_ticket",
                  "timestamp": "2024-03-20T10:15:00Z",
                  "channel": "email",
                  "metadata": {
                    "ticket_id": "T-123",
                    "subject": "Question about batting",
                    "resolved": true,
                    "resolution_time_hours": 2.5
                  }
                }
              ]
            }
            """);

    assertEquals(200, reply.status());
    assertEquals(1, reply.json().path("ingested_count").asInt());
    assertEquals("success", reply.json().path("status").asText());
  }

  @Test
  void an_unknown_customer_is_the_documents_error() {
    Reply reply = Quimbi.tenant().post(ANALYZE, "{\"customer_id\": \"cust_99999\"}");

    assertEquals(404, reply.status());
    assertEquals("CUSTOMER_NOT_FOUND", reply.code());
    assertEquals(
        "Customer with ID 'cust_99999' not found", reply.json().at("/error/message").asText());
    assertEquals("cust_99999", reply.json().at("/error/details/customer_id").asText());
  }

  @Test
  void a_new_customer_is_answered_and_never_called_safe() {
    Customer quimbi = Quimbi.tenant();

    JsonNode json = quimbi.post(ANALYZE, "{\"customer_id\": \"test_customer_new\"}").json();

    assertEquals(0, json.at("/behavioral_metrics/total_orders").asInt());
    assertTrue(json.at("/behavioral_metrics/days_since_last_purchase").isNull());
    assertFalse(json.at("/predictions/churn_risk_level").asText().equals("low"));
    assertEquals("none", json.path("data_sufficiency").asText());
  }

  @Test
  void analyze_churn_and_ltv_agree() {
    Customer quimbi = Quimbi.tenant();
    for (String id : List.of("test_customer_high_ltv", "test_customer_low_ltv")) {
      String question = "{\"customer_id\": \"" + id + "\"}";

      JsonNode analysis = quimbi.post(ANALYZE, question).json();
      JsonNode churn = quimbi.post(CHURN, question).json();
      JsonNode value = quimbi.post(LTV, question).json();

      assertEquals(churn.path("churn_risk_score"), analysis.at("/predictions/churn_risk"));
      assertEquals(churn.path("risk_level"), analysis.at("/predictions/churn_risk_level"));
      assertEquals(value.path("forecasted_ltv"), analysis.at("/predictions/ltv_12mo"));
    }
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }
}
