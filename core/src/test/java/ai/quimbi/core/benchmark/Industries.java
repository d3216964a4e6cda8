package ai.quimbi.core.benchmark;

import ai.quimbi.core.stats.Chance;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Invented industries: companies whose figures are lognormal around a level that everybody knows,
/// as far apart as a constant guess within 15 % is right for 26 to 33 % of them.
final class Industries {
  static final LocalDate MONTH = LocalDate.of(2026, 3, 1);
  static final double LEVEL = StrictMath.log(425);
  private static final double CHURN = StrictMath.log(0.2);
  private static final double LEAST_SPREAD = 0.36;
  private static final double MOST_SPREAD = 0.46;

  private final Chance chance;
  private final double spread;
  private int names;

  Industries(long seed) {
    this.chance = new Chance(seed);
    this.spread = LEAST_SPREAD + (MOST_SPREAD - LEAST_SPREAD) * chance.uniform();
  }

  Chance chance() {
    return chance;
  }

  Noise noise() {
    return chance::bits;
  }

  List<Member> companies(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(company(0));
    }
    return members;
  }

  /// One that is `above` the usual level, in logarithms.
  Member company(double above) {
    return withLog(LEVEL + above + spread * chance.normal());
  }

  Member withLog(double log) {
    double churn = Math.clamp(StrictMath.exp(CHURN + spread * chance.normal()), 0.001, 1);
    Contribution vote = new Contribution("owner" + names++, StrictMath.exp(log), churn);
    return new Member(vote, Mask.drawn(noise()));
  }

  /// The same company in another month.
  static Member moved(Member member, double by) {
    Contribution was = member.vote();
    return new Member(
        new Contribution(was.owner(), was.ltv() * StrictMath.exp(by), was.churn()), member.mask());
  }

  static Benchmark.Outcome outcome(List<Member> members, @Nullable Basis before, Noise noise) {
    return Benchmark.of(members, before, Spending.NOTHING, MONTH, noise);
  }

  static Basis basis(Released released, List<Member> members) {
    Map<String, Contribution> votes = new HashMap<>();
    members.forEach(member -> votes.put(member.owner(), member.vote()));
    return new Basis(released, votes.keySet(), votes);
  }
}
