package ai.quimbi.core.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What protection costs: how far a released median is from the plain one, over a thousand invented
/// industries. Prints the figures of docs/privacy.md.
class UtilityTest {
  private static final int INDUSTRIES = 1_000;

  @ParameterizedTest
  @CsvSource({"8, 0.22", "12, 0.20", "30, 0.12", "100, 0.04"})
  void a_released_median_is_near_the_plain_one(int companies, double most) {
    double[] middle = new double[INDUSTRIES];
    double[] mean = new double[INDUSTRIES];
    for (int i = 0; i < INDUSTRIES; i++) {
      Industries industry = new Industries(31L * companies + 1_000_003L * i);
      List<Member> members = industry.companies(companies);
      Released released = released(industry, members);
      double[] plain = members.stream().mapToDouble(m -> m.vote().ltv()).sorted().toArray();
      int half = plain.length / 2;
      middle[i] = Math.abs(released.ltv().p50() / ((plain[half - 1] + plain[half]) / 2) - 1);
      mean[i] = Math.abs(released.ltv().mean() / Arrays.stream(plain).average().orElse(1) - 1);
    }
    Arrays.sort(middle);
    Arrays.sort(mean);
    double typical = middle[INDUSTRIES / 2];
    System.out.printf(
        Locale.ROOT,
        "utility: %d companies: p50 off by %.1f %% in the median (9 of 10: %.1f %%), mean by %.1f"
            + " %%%n",
        companies,
        100 * typical,
        100 * middle[INDUSTRIES * 9 / 10],
        100 * mean[INDUSTRIES / 2]);
    assertTrue(typical <= most, "p50 is off by " + typical);
  }

  // A large industry was a small one before, and something was published of it.
  private static Released released(Industries industry, List<Member> members) {
    Basis before = null;
    if (members.size() >= Benchmark.LARGE) {
      List<Member> first = members.subList(0, 12);
      before = Industries.basis(released(industry, first), first);
    }
    return switch (Industries.outcome(members, before, industry.noise())) {
      case Benchmark.Outcome.New fresh -> fresh.released();
      case Benchmark.Outcome.Unchanged kept -> throw new AssertionError(kept.reason());
      case Benchmark.Outcome.Withheld withheld -> throw new AssertionError(withheld.reason());
    };
  }
}
