package ai.quimbi.server.app;

import static ai.quimbi.server.app.Companies.CONTRIBUTION;
import static ai.quimbi.server.app.Companies.OWNER;
import static ai.quimbi.server.app.Companies.company;
import static ai.quimbi.server.app.Companies.industry;
import static ai.quimbi.server.app.Companies.ingest;
import static ai.quimbi.server.app.Companies.ok;
import static ai.quimbi.server.app.Companies.opt;
import static ai.quimbi.server.app.Companies.own;
import static ai.quimbi.server.app.Companies.sharing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Industry benchmarks from opting in to the release, over real companies of a hundred customers.
class BenchmarkScenariosTest {
  private static final String BENCHMARK = "/api/insights/benchmarks/{industry}";
  private static final String POSITION = "/api/insights/my-position";
  private static final String RATES = "/api/admin/benchmarks/rates";

  private static void release(int monthsLater) {
    Instant then = Quimbi.NOW.atZone(ZoneOffset.UTC).plusMonths(monthsLater).toInstant();
    Quimbi.platform().benchmarks().run(then);
  }

  private static Reply benchmark(Customer asking, String industry) {
    return asking.get(BENCHMARK, BENCHMARK.replace("{industry}", industry));
  }

  private static JsonNode ledger(Customer asking, String industry) {
    String path = BENCHMARK + "/ledger";
    return ok(asking.get(path, path.replace("{industry}", industry))).path("entries");
  }

  private static long contributionsOf(Customer company) {
    return TestDatabase.databases()
        .control()
        .read(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM benchmark_contribution WHERE tenant_id = :t")
                    .bind("t", company.tenant().id())
                    .mapTo(Long.class)
                    .one());
  }

  private static double maskOf(String owner) {
    return TestDatabase.databases()
        .control()
        .read(
            handle ->
                handle
                    .createQuery("SELECT ltv FROM benchmark_mask WHERE owner_group = :o")
                    .bind("o", owner)
                    .mapTo(Double.class)
                    .one());
  }

  private static void refused(Reply reply, String reason) {
    assertEquals(404, reply.status(), reply.text());
    assertEquals("BENCHMARK_UNAVAILABLE", reply.code());
    assertEquals(reason, reply.json().at("/error/details/reason").asText());
    assertFalse(reply.json().at("/error/details/what_to_do").asText().isEmpty());
  }

  @Test
  void eight_companies_make_a_benchmark_and_seven_do_not() {
    String industry = industry();
    List<Customer> companies = sharing(industry, 7);
    Customer asking = companies.getFirst();
    release(0);

    Reply none = benchmark(asking, industry);
    refused(none, "too_few_companies");
    assertEquals(8, none.json().at("/error/details/required_companies").asInt());
    assertEquals("withheld", ledger(asking, industry).at("/0/outcome").asText());

    companies.addAll(sharing(industry, 1));
    release(0);

    JsonNode made = ok(benchmark(asking, industry.toUpperCase(Locale.ROOT)));
    assertEquals(industry, made.path("industry").asText());
    assertEquals(8, made.path("based_on_companies").asInt());
    assertEquals("2026-03-15", made.path("as_of").asText());
    assertEquals("masked_harrell_davis", made.path("method").asText());
    assertTrue(made.path("avg_ltv").asDouble() > 1);
    assertTrue(
        made.at("/ltv_percentiles/p25").asDouble() <= made.at("/ltv_percentiles/p75").asDouble());
    assertEquals("released", ledger(asking, industry).at("/0/outcome").asText());

    JsonNode position = ok(asking.get(POSITION, POSITION));
    assertEquals(made.path("avg_churn"), position.at("/industry_benchmarks/avg_churn"));
    assertEquals(made.path("avg_ltv"), position.at("/industry_benchmarks/avg_ltv"));
    assertTrue(position.at("/my_metrics/ltv").asDouble() > 1, position.toString());
  }

  @Test
  void a_release_is_served_unchanged_until_three_companies_change() {
    String industry = industry();
    List<Customer> companies = sharing(industry, 9);
    release(0);
    JsonNode first = ok(benchmark(companies.getFirst(), industry));
    assertEquals(8, first.path("based_on_companies").asInt());

    // More come in the same month, then one alone is there in the next.
    List<Customer> later = sharing(industry, 1);
    release(0);
    assertEquals(first, ok(benchmark(later.getFirst(), industry)));
    release(1);
    assertEquals(first, ok(benchmark(later.getFirst(), industry)));
    assertEquals("too_few_changes", ledger(later.getFirst(), industry).at("/0/reason").asText());

    later.addAll(sharing(industry, 2));
    release(2);
    JsonNode second = ok(benchmark(later.getFirst(), industry));
    assertEquals(12, second.path("based_on_companies").asInt());
    assertNotEquals(first.path("version"), second.path("version"));
    JsonNode entries = ledger(later.getFirst(), industry);
    assertEquals(3, entries.size());
    assertEquals("unchanged", entries.at("/1/outcome").asText());
    assertEquals("2026-03", entries.at("/1/figures_of").asText());
  }

  @Test
  void companies_of_one_owner_have_one_vote_and_nobody_counts_unapproved() {
    String industry = industry();
    List<Customer> companies = sharing(industry, 8);
    for (Customer company : companies.subList(1, 8)) {
      own(company, "Sybil & Sons of " + industry, true, industry);
    }
    release(0);
    refused(benchmark(companies.getFirst(), industry), "too_few_companies");

    String other = industry();
    List<Customer> nobodys = sharing(other, 8);
    JsonNode unapproved = own(nobodys.getFirst(), "somebody", false, other);
    assertEquals("incomplete", unapproved.path("status").asText());
    assertEquals(1, unapproved.path("missing").size(), unapproved.toString());
    release(0);
    refused(benchmark(nobodys.getFirst(), other), "too_few_companies");
  }

  @Test
  void leaving_deletes_what_was_given_and_coming_back_draws_nothing_anew() {
    String industry = industry();
    List<Customer> companies = sharing(industry, 8);
    Customer leaver = companies.getFirst();
    String owner = leaver.tenant().id();
    release(0);
    JsonNode made = ok(benchmark(leaver, industry));
    double mask = maskOf(owner);
    assertEquals(1, contributionsOf(leaver));

    assertEquals("off", opt(leaver, false).path("status").asText());
    assertEquals(0, contributionsOf(leaver));
    refused(leaver.get(POSITION, POSITION), "not_opted_in");
    // What was released stays until the next release.
    assertEquals(made, ok(benchmark(leaver, industry)));

    opt(leaver, true);
    release(0);
    assertEquals(0, contributionsOf(leaver), "one draw a month, however often one comes back");
    release(1);
    assertEquals(1, contributionsOf(leaver));
    assertEquals(mask, maskOf(owner));

    opt(leaver, false);
    release(2);
    refused(benchmark(companies.get(1), industry), "too_few_companies");
    opt(leaver, true);
    release(3);
    assertEquals(8, ok(benchmark(leaver, industry)).path("based_on_companies").asInt());
    assertEquals(mask, maskOf(owner));
  }

  @Test
  void from_thirty_companies_on_a_release_is_differentially_private_and_entered_in_the_ledger() {
    String industry = industry();
    List<Customer> companies = sharing(industry, 30);
    release(0);

    JsonNode made = ok(benchmark(companies.getFirst(), industry));

    assertEquals(30, made.path("based_on_companies").asInt());
    assertEquals("differential_privacy", made.path("method").asText());
    assertEquals(4, made.at("/privacy/epsilon").asDouble());
    assertEquals(4, made.at("/privacy/epsilon_last_12_months").asDouble());
    assertEquals(48, made.at("/privacy/yearly_cap").asDouble());
    assertEquals(4, ledger(companies.getFirst(), industry).at("/0/epsilon").asDouble());
    release(0);
    assertEquals(made, ok(benchmark(companies.getFirst(), industry)));
    release(1);
    JsonNode next = ok(benchmark(companies.getFirst(), industry));
    assertEquals(8, next.at("/privacy/epsilon_last_12_months").asDouble());
  }

  @Test
  void who_cannot_be_compared_is_told_what_to_do() {
    String industry = industry();
    Customer company = company(industry, 100, 20);
    refused(company.get(POSITION, POSITION), "not_opted_in");
    Reply unknown = benchmark(company, "basket%20weaving");
    refused(unknown, "too_few_companies");
    assertTrue(unknown.json().at("/error/details/industries").isArray());

    Tenant plain =
        new Tenant("no-industry", "None", null, ZoneId.of("UTC"), Currency.getInstance("USD"));
    TestDatabase.databases().tenants().create(plain);
    Customer none =
        new Customer(plain, Quimbi.key(plain.id(), EnumSet.allOf(Scope.class), Quimbi.PLENTY));
    refused(none.get(POSITION, POSITION), "no_industry");
    refused(
        none.caller().send("PUT", CONTRIBUTION, CONTRIBUTION, "{\"opted_in\": true}"),
        "no_industry");

    assertEquals(422, company.caller().send("PUT", CONTRIBUTION, CONTRIBUTION, "{}").status());
    String path = OWNER.replace("{tenant_id}", company.tenant().id());
    String blank = "{\"owner_group\": \" \", \"approved\": true}";
    assertEquals(422, Quimbi.admin().send("PUT", OWNER, path, blank).status());
  }

  @Test
  void the_small_and_the_young_do_not_count_and_see_why() {
    String industry = industry();
    Customer small = company(industry, 99, 20);
    Customer young = Quimbi.tenant();
    ingest(young, 100, 20, 170);
    own(young, "young", true, industry);

    JsonNode few = opt(small, true);
    assertEquals("incomplete", few.path("status").asText());
    assertEquals(99, few.at("/requirements/customers_with_orders/have").asInt());
    JsonNode fresh = opt(young, true);
    assertTrue(fresh.at("/missing/0").asText().startsWith("Time: "), fresh.toString());
    release(0);
    assertEquals(0, contributionsOf(small));
    assertEquals(0, contributionsOf(young));
  }

  @Test
  void money_is_compared_in_one_currency_and_told_in_the_company_s_own() {
    String industry = industry();
    List<Customer> companies = sharing(industry, 8);
    Customer swiss = Quimbi.tenant("Europe/Zurich", "CHF");
    ingest(swiss, 100, 25, 300);
    own(swiss, "swiss of " + industry, true, industry);
    TestDatabase.databases()
        .control()
        .inTransaction(
            handle -> handle.execute("DELETE FROM benchmark_rate WHERE currency = 'CHF'"));
    assertEquals("incomplete", opt(swiss, true).path("status").asText());
    release(0);
    refused(swiss.get(POSITION, POSITION), "no_exchange_rate");

    assertEquals(
        422,
        Quimbi.admin().send("PUT", RATES, RATES, "{\"rates\": {\"XXQ\": 2, \"USD\": 2}}").status());
    JsonNode rates = ok(Quimbi.admin().send("PUT", RATES, RATES, "{\"rates\": {\"CHF\": 1.25}}"));
    assertEquals("USD", rates.path("currency").asText());
    assertEquals(1.25, ok(Quimbi.admin().get(RATES, RATES)).at("/rates/CHF").asDouble());
    JsonNode dollars = ok(benchmark(companies.getFirst(), industry));
    JsonNode position = ok(swiss.get(POSITION, POSITION));
    assertEquals("CHF", position.path("currency").asText());
    assertEquals(
        dollars.path("avg_ltv").asDouble() / 1.25,
        position.at("/industry_benchmarks/avg_ltv").asDouble(),
        0.01);
    release(0);
    assertEquals(1, contributionsOf(swiss));
  }

  @Test
  void an_overview_adds_up_what_the_other_answers_say() {
    Customer shop = Quimbi.tenant();
    String path = "/api/insights/overview";
    JsonNode empty = ok(shop.get(path, path));
    assertEquals(0, empty.at("/customers/total").asInt());
    ingest(shop, 40, 10, 50);

    JsonNode all = ok(shop.get(path, path));

    assertEquals(40, all.at("/customers/total").asInt());
    // Each of the 40 ordered 5 to 44 days ago, 26 of them (0 to 25) within 30 days counted from
    // today, and first 44 to 50 days ago, so that nobody is new.
    assertEquals(25, all.at("/revenue/orders").asInt());
    assertEquals(25, all.at("/customers/active").asInt());
    assertEquals(0, all.at("/customers/new").asInt());
    assertEquals(40, all.at("/trend/new_customers/before").asInt());
    assertEquals("2026-03-15", all.at("/period/to").asText());
    assertEquals("2026-02-14", all.at("/period/from").asText());
    int levels = 0;
    for (JsonNode level : all.at("/churn/levels")) {
      levels += level.asInt();
    }
    int bins = 0;
    for (JsonNode bin : all.at("/churn/distribution")) {
      bins += bin.path("customers").asInt();
    }
    int members = 0;
    for (JsonNode archetype : all.path("archetypes")) {
      members += archetype.path("customers").asInt();
    }
    assertEquals(List.of(40, 40, 40), List.of(levels, bins, members));
    // 10 to 18 each, twice.
    double revenue = 0;
    for (int i = 0; i < 40; i++) {
      revenue += 2 * (10 + i % 9);
    }
    assertEquals(revenue, all.at("/revenue/total").asDouble());
    assertEquals(422, shop.get(path, path + "?days=0").status());
    assertEquals(7, ok(shop.get(path, path + "?days=7")).at("/period/days").asInt());
  }
}
