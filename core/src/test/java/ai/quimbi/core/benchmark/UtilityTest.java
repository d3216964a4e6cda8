package ai.quimbi.core.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What protection costs: how far a released median is from the plain one, over a thousand invented
/// industries. Prints the figures of docs/privacy.md.
class UtilityTest {
  private static final int INDUSTRIES = 1_000;

  @ParameterizedTest
  @CsvSource({"8, 0.22", "12, 0.20", "30, 0.12", "100, 0.04"})
  void a_released_median_is_near_the_plain_one(int companies, double most) {
    List<Double> middle = new ArrayList<>();
    List<Double> mean = new ArrayList<>();
    for (int i = 0; i < INDUSTRIES; i++) {
      Industries industry = new Industries(31L * companies + 1_000_003L * i);
      List<Member> members = industry.companies(companies);
      Optional<Released> made = released(industry, members);
      if (made.isEmpty()) {
        continue;
      }
      Figures ltv = made.get().ltv();
      double[] plain = members.stream().mapToDouble(m -> m.vote().ltv()).sorted().toArray();
      int half = plain.length / 2;
      middle.add(Math.abs(ltv.p50() / ((plain[half - 1] + plain[half]) / 2) - 1));
      mean.add(Math.abs(ltv.mean() / Arrays.stream(plain).average().orElse(1) - 1));
    }
    assertTrue(middle.size() >= 0.98 * INDUSTRIES, "withheld too often: " + middle.size());
    Collections.sort(middle);
    Collections.sort(mean);
    double typical = middle.get(middle.size() / 2);
    System.out.printf(
        Locale.ROOT,
        "utility: %d companies: p50 off by %.1f %% in the median (9 of 10: %.1f %%), mean by %.1f"
            + " %%%n",
        companies,
        100 * typical,
        100 * middle.get(middle.size() * 9 / 10),
        100 * mean.get(mean.size() / 2));
    assertTrue(typical <= most, "p50 is off by " + typical);
  }

  // A large industry was a small one before, and something was published of it.
  private static Optional<Released> released(Industries industry, List<Member> members) {
    Basis before = null;
    if (members.size() >= Benchmark.LARGE) {
      List<Member> first = members.subList(0, 12);
      before = released(industry, first).map(made -> Industries.basis(made, first)).orElse(null);
    }
    return switch (Industries.outcome(members, before, industry.noise())) {
      case Benchmark.Outcome.New fresh -> Optional.of(fresh.released());
      case Benchmark.Outcome.Unchanged kept -> Optional.empty();
      case Benchmark.Outcome.Withheld withheld -> Optional.empty();
    };
  }
}
