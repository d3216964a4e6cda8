package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Companies that share their figures, so that their industry has a benchmark.
final class Companies {
  static final String CONTRIBUTION = "/api/insights/contribution";
  static final String OWNER = "/api/admin/tenants/{tenant_id}/contribution";
  private static final AtomicInteger INDUSTRIES = new AtomicInteger();

  private Companies() {}

  private static final class Shared {
    static final String INDUSTRY = industry();

    static {
      sharing(INDUSTRY, 8);
      Quimbi.platform().benchmarks().run(Quimbi.NOW);
    }
  }

  /// An industry with a benchmark, the same for all tests of a JVM: none of them changes it.
  static String comparedIndustry() {
    return Shared.INDUSTRY;
  }

  /// Makes a tenant one that may see where it stands in [#comparedIndustry].
  static void join(Customer company) {
    own(company, "owner of " + company.tenant().id(), true, comparedIndustry());
    opt(company, true);
  }

  static String industry() {
    return "industry-" + INDUSTRIES.incrementAndGet();
  }

  /// A company of `customers` customers who ordered twice within a year, the larger `level` the
  /// richer.
  static Customer company(String industry, int customers, int level) {
    Customer company = Quimbi.tenant();
    ingest(company, customers, level, 300);
    own(company, company.tenant().id(), true, industry);
    return company;
  }

  static void ingest(Customer company, int customers, int level, int firstDaysAgo) {
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      for (int daysAgo : new int[] {firstDaysAgo - i % 7, 5 + i % 40}) {
        LocalDate day = LocalDate.ofInstant(Quimbi.NOW, ZoneOffset.UTC).minusDays(daysAgo);
        orders.add(
            """
            {"customer_id": "c%d", "order_id": "o%d-%d", "order_date": "%sT10:00:00Z",
             "total_price": %d.00}
            """
                .formatted(i, i, daysAgo, day, level + i % 9));
      }
    }
    String body = "{\"source\": \"shop\", \"orders\": [" + String.join(",", orders) + "]}";
    assertEquals(200, company.post("/api/data/ingest_orders", body).status());
  }

  static JsonNode own(Customer company, String owner, boolean approved, String industry) {
    String body =
        "{\"owner_group\": \"%s\", \"approved\": %b, \"industry\": \"%s\"}"
            .formatted(owner, approved, industry);
    String path = OWNER.replace("{tenant_id}", company.tenant().id());
    return ok(Quimbi.admin().send("PUT", OWNER, path, body));
  }

  static JsonNode opt(Customer company, boolean in) {
    return ok(
        company.caller().send("PUT", CONTRIBUTION, CONTRIBUTION, "{\"opted_in\": " + in + "}"));
  }

  static List<Customer> sharing(String industry, int companies) {
    List<Customer> all = new ArrayList<>();
    for (int i = 0; i < companies; i++) {
      Customer company = company(industry, 100, 20 + 3 * i);
      assertEquals("contributing", opt(company, true).path("status").asText());
      all.add(company);
    }
    return all;
  }

  static JsonNode ok(Reply reply) {
    assertEquals(200, reply.status(), reply.text());
    return reply.json();
  }
}
