package ai.quimbi.core.benchmark;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an industry's month brings: a new release, the one before once more, or none.
public final class Benchmark {
  public static final int LEAST_COMPANIES = 8;

  /// From here on companies are many enough for differential privacy.
  public static final int LARGE = 30;

  private static final int SMALL_STEP = 4;
  private static final int LARGE_STEP = 10;

  // In the benchmarks' currency, where nothing was published yet.
  private static final double FIRST_VALUE_CAP = 1_000;
  private static final double VALUES_UP_TO = 8;

  private Benchmark() {}

  public sealed interface Outcome {
    /// New figures.
    record New(Released released) implements Outcome {}

    /// The release in force stays, unchanged, and why.
    record Unchanged(Reason reason) implements Outcome {}

    /// Nothing may be said, and why.
    record Withheld(Reason reason) implements Outcome {}
  }

  public enum Reason {
    TOO_FEW_COMPANIES,
    TOO_FEW_CHANGES,
    ONE_COMPANY_STANDS_OUT,
    BUDGET_SPENT
  }

  /// Decides a month. `before` is the release in force, `null` where there is none; the same
  /// members with the same votes, masks and bits give the same outcome. `month` is any day of it.
  public static Outcome of(
      List<Member> members,
      @Nullable Basis before,
      Spending spending,
      LocalDate month,
      Noise noise) {
    int n = members.size();
    if (members.stream().map(Member::owner).distinct().count() != n) {
      throw new IllegalArgumentException("an owner has more than one vote");
    }
    if (n < LEAST_COMPANIES) {
      return new Outcome.Withheld(Reason.TOO_FEW_COMPANIES);
    }
    if (n >= LARGE) {
      return spending.allows(month, PrivateFigures.EPSILON)
          ? new Outcome.New(large(members, before, noise))
          : kept(before, Reason.BUDGET_SPENT);
    }
    if (before != null && !before.maySay(members)) {
      return new Outcome.Unchanged(Reason.TOO_FEW_CHANGES);
    }
    return small(members)
        .<Outcome>map(Outcome.New::new)
        .orElseGet(() -> kept(before, Reason.ONE_COMPANY_STANDS_OUT));
  }

  private static Outcome kept(@Nullable Basis before, Reason reason) {
    return before == null ? new Outcome.Withheld(reason) : new Outcome.Unchanged(reason);
  }

  private static Optional<Released> small(List<Member> members) {
    Optional<Figures> ltv = masked(members, Measure.LTV);
    Optional<Figures> churn = masked(members, Measure.CHURN);
    return ltv.flatMap(
        value ->
            churn.map(
                risk ->
                    new Released(
                        floored(members.size()),
                        Released.Method.MASKED_HARRELL_DAVIS,
                        value,
                        risk)));
  }

  private static Optional<Figures> masked(List<Member> members, Measure measure) {
    double[] logs = members.stream().mapToDouble(member -> member.masked(measure)).toArray();
    return MaskedFigures.of(logs, measure.most());
  }

  private static Released large(List<Member> members, @Nullable Basis before, Noise noise) {
    return new Released(
        floored(members.size()),
        Released.Method.DIFFERENTIAL_PRIVACY,
        drawn(members, before, Measure.LTV, noise),
        drawn(members, before, Measure.CHURN, noise));
  }

  private static Figures drawn(
      List<Member> members, @Nullable Basis before, Measure measure, Noise noise) {
    double[] figures = members.stream().mapToDouble(member -> measure.of(member.vote())).toArray();
    return PrivateFigures.of(figures, range(before, measure), measure.most()).drawn(noise);
  }

  /// What the quantiles of a large industry are clipped to: around what was published before.
  public static Range range(@Nullable Basis before, Measure measure) {
    return before == null
        ? measure.range()
        : Range.around(measure.of(before.released()).p50(), measure.most());
  }

  /// Up to where a customer's value counts in contributions: it bounds their noise, and follows
  /// what was published before so that the noise fits the industry.
  public static double valueCap(@Nullable Released before) {
    return before == null ? FIRST_VALUE_CAP : VALUES_UP_TO * before.ltv().p50();
  }

  /// How many companies are told of: less than there are, so that one more or less seldom shows.
  static int floored(int companies) {
    int step = companies < LARGE ? SMALL_STEP : LARGE_STEP;
    return companies / step * step;
  }
}
