package ai.quimbi.server.api.benchmark;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.benchmark.CustomerTotals;
import ai.quimbi.core.benchmark.Figures;
import ai.quimbi.core.benchmark.Position;
import ai.quimbi.core.benchmark.Range;
import ai.quimbi.core.benchmark.Released;
import ai.quimbi.core.benchmark.Spending;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.benchmark.BenchmarkRates;
import ai.quimbi.server.store.benchmark.Participation;
import ai.quimbi.server.store.benchmark.Releases;
import ai.quimbi.server.store.events.Orderers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is told of an industry, and where a tenant stands in it: from releases only.
final class BenchmarkPages {
  private static final String MASKED =
      "Every figure is of companies' figures that were each multiplied by a secret factor, drawn once"
          + " and kept for good. Whoever learned a company's masked figure itself would guess its true"
          + " one within 15 % in about five percentage points more cases, as simulated.";

  private final Tenancy tenancy;
  private final Releases releases;
  private final Participation participation;
  private final BenchmarkRates rates;
  private final Figuring figuring;

  BenchmarkPages(
      Tenancy tenancy,
      Releases releases,
      Participation participation,
      BenchmarkRates rates,
      Figuring figuring) {
    this.tenancy = tenancy;
    this.releases = releases;
    this.participation = participation;
    this.rates = rates;
    this.figuring = figuring;
  }

  Answer benchmark(Call call) {
    String industry = asked(call);
    Releases.Made made = shown(industry);
    Released released = made.released();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("industry", industry);
    answer.put("based_on_companies", released.companies());
    answer.put("avg_ltv", Amounts.money(released.ltv().mean()));
    answer.put("avg_churn", Amounts.probability(released.churn().mean()));
    answer.put("ltv_percentiles", money(released.ltv()));
    answer.put("churn_percentiles", shares(released.churn()));
    answer.put("currency", BenchmarkRates.CURRENCY.getCurrencyCode());
    sign(answer, industry, made);
    answer.put("definitions", definitions(made.valueCap()));
    if (released.method() == Released.Method.DIFFERENTIAL_PRIVACY) {
      answer.put("privacy", privacy(industry, made));
    }
    return Answer.ok(answer);
  }

  Answer ledger(Call call) {
    String industry = asked(call);
    List<Releases.Entry> entries = releases.ledger(industry);
    if (entries.isEmpty()) {
      throw Unavailable.tooFew(industry, releases.industries());
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("industry", industry);
    answer.put("yearly_cap", BigDecimal.valueOf(Spending.YEARLY_CAP));
    answer.put("spent_last_12_months", spent(entries, MonthlyRelease.monthOf(call.receivedAt())));
    answer.put("customer_epsilon_per_month", BigDecimal.valueOf(CustomerTotals.EPSILON));
    answer.put("entries", entries.stream().map(BenchmarkPages::row).toList());
    return Answer.ok(answer);
  }

  Answer position(Call call) {
    Tenant tenant = tenancy.of(call);
    String industry = Figuring.industry(tenant.industry());
    if (industry == null) {
      throw Unavailable.noIndustry();
    }
    if (!participation.of(tenant).isOptedIn()) {
      throw Unavailable.notOptedIn();
    }
    Releases.Made made = shown(industry);
    String currency = tenant.currency().getCurrencyCode();
    double rate =
        rates.of(tenant.currency()).orElseThrow(() -> Unavailable.noRate(currency)).doubleValue();
    Orderers.Means own = figuring.means(tenant, call.receivedAt());
    if (own.customers() == 0) {
      throw Unavailable.noCustomers();
    }
    Released released = made.released();
    Ledger ledger = new Ledger(tenant.zone(), tenant.currency());
    BigDecimal ltv = Amounts.money(own.yearAheadMinor(), 0).movePointLeft(ledger.scale());
    Position position = Position.of(own.churn(), ltv.doubleValue() * rate, released);

    Map<String, Object> mine = new LinkedHashMap<>();
    mine.put("churn", Amounts.probability(own.churn()));
    mine.put("ltv", ltv);
    Map<String, Object> others = new LinkedHashMap<>();
    others.put("avg_churn", Amounts.probability(released.churn().mean()));
    others.put("avg_ltv", Amounts.money(released.ltv().mean() / rate, ledger.scale()));
    Map<String, Object> compared = new LinkedHashMap<>();
    compared.put("churn_vs_industry", position.churn().name().toLowerCase(Locale.ROOT));
    compared.put("ltv_percentile", position.ltv().label());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("my_metrics", mine);
    answer.put("industry_benchmarks", others);
    answer.put("comparison", compared);
    answer.put("industry", industry);
    answer.put("based_on_companies", released.companies());
    answer.put("currency", currency);
    sign(answer, industry, made);
    return Answer.ok(answer);
  }

  private static String asked(Call call) {
    String industry = Figuring.industry(call.pathParameter("industry"));
    return industry == null ? "" : industry;
  }

  private Releases.Made shown(String industry) {
    return releases
        .shown(industry)
        .orElseThrow(() -> Unavailable.tooFew(industry, releases.industries()));
  }

  // What every figure of a release is to be read with.
  private static void sign(Map<String, Object> answer, String industry, Releases.Made made) {
    Released released = made.released();
    answer.put("as_of", day(made));
    answer.put("version", industry + "-" + made.month().toString().substring(0, 7));
    answer.put("method", label(released.method()));
    answer.put("guarantee", guarantee(released.method()));
    Map<String, Object> uncertainty = new LinkedHashMap<>();
    uncertainty.put("avg_ltv", Amounts.probability(released.ltv().uncertainty()));
    uncertainty.put("avg_churn", Amounts.probability(released.churn().uncertainty()));
    answer.put("uncertainty", uncertainty);
  }

  private static String guarantee(Released.Method method) {
    return switch (method) {
      case MASKED_HARRELL_DAVIS -> MASKED;
      case DIFFERENTIAL_PRIVACY ->
          "Differentially private: exchanging one company's figures changes the probability of this"
              + " release by a factor of at most e^"
              + Math.round(method.epsilon())
              + ", and of a year's releases by at most e^"
              + Math.round(Spending.YEARLY_CAP)
              + ".";
    };
  }

  private static String label(Released.Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  private static LocalDate day(Releases.Made made) {
    return LocalDate.ofInstant(made.at(), ZoneOffset.UTC);
  }

  private Map<String, Object> privacy(String industry, Releases.Made made) {
    Map<String, Object> privacy = new LinkedHashMap<>();
    privacy.put("epsilon", BigDecimal.valueOf(made.released().method().epsilon()));
    privacy.put("epsilon_last_12_months", spent(releases.ledger(industry), made.month()));
    privacy.put("yearly_cap", BigDecimal.valueOf(Spending.YEARLY_CAP));
    privacy.put("ltv_clipped_to", bounds(made.ltvRange()));
    privacy.put("churn_clipped_to", bounds(made.churnRange()));
    return privacy;
  }

  private static BigDecimal spent(List<Releases.Entry> entries, LocalDate month) {
    return BigDecimal.valueOf(MonthlyRelease.spending(entries).inYearOf(month));
  }

  private static List<BigDecimal> bounds(Range range) {
    return List.of(Amounts.probability(range.low()), Amounts.probability(range.high()));
  }

  private static Map<String, Object> row(Releases.Entry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("month", entry.month().toString().substring(0, 7));
    LocalDate basis = entry.basis();
    row.put(
        "outcome",
        basis == null ? "withheld" : basis.equals(entry.month()) ? "released" : "unchanged");
    if (basis != null) {
      row.put("figures_of", basis.toString().substring(0, 7));
    }
    if (entry.reason() != null) {
      row.put("reason", entry.reason().name().toLowerCase(Locale.ROOT));
    }
    if (entry.method() != null) {
      row.put("method", label(entry.method()));
      row.put("based_on_companies", entry.companies());
    }
    row.put("epsilon", BigDecimal.valueOf(entry.epsilon()));
    row.put("made_at", entry.madeAt());
    return row;
  }

  private static Map<String, Object> money(Figures figures) {
    Map<String, Object> percentiles = new LinkedHashMap<>();
    percentiles.put("p25", Amounts.money(figures.p25()));
    percentiles.put("p50", Amounts.money(figures.p50()));
    percentiles.put("p75", Amounts.money(figures.p75()));
    return percentiles;
  }

  private static Map<String, Object> shares(Figures figures) {
    Map<String, Object> percentiles = new LinkedHashMap<>();
    percentiles.put("p25", Amounts.probability(figures.p25()));
    percentiles.put("p50", Amounts.probability(figures.p50()));
    percentiles.put("p75", Amounts.probability(figures.p75()));
    return percentiles;
  }

  private static Map<String, Object> definitions(double valueCap) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put(
        "churn",
        "Mean probability, over a company's customers with orders, to buy nothing within 365 days.");
    said.put(
        "ltv",
        "Mean expected net spending of a company's customers with orders over the next 365 days; a"
            + " customer counts up to "
            + Amounts.money(valueCap)
            + " in the currency given.");
    said.put("horizon_days", 365);
    return said;
  }
}
