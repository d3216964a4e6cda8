package ai.quimbi.core.benchmark;

import ai.quimbi.core.benchmark.Attack.Scene;
import ai.quimbi.core.stats.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// The attacks on an industry of 8 to 29 companies, each as a scene to be tried on thousands of
/// industries. `view` is what is published of the members; the tests also try them on plain
/// percentiles, to show that they work where nothing protects.
final class Attacks {
  private static final int MONTHS = 12;

  /// What is published of members.
  interface View {
    double[] of(Industries industry, List<Member> members);
  }

  /// What Quimbi publishes; where it withholds, nothing is learned but that.
  static final View RELEASED =
      (industry, members) ->
          switch (Industries.outcome(members, null, industry.noise())) {
            case Benchmark.Outcome.New fresh -> Attack.logs(fresh.released());
            case Benchmark.Outcome.Unchanged unchanged -> Attack.NOTHING.clone();
            case Benchmark.Outcome.Withheld withheld -> Attack.NOTHING.clone();
          };

  /// What document A would publish without protection: the mean and the plain quartiles.
  static final View PLAIN =
      (industry, members) -> {
        double[] sorted = members.stream().mapToDouble(m -> m.vote().ltv()).sorted().toArray();
        double mean = members.stream().mapToDouble(m -> m.vote().ltv()).average().orElse(1);
        return new double[] {
          StrictMath.log(mean),
          StrictMath.log(plain(sorted, 0.25)),
          StrictMath.log(plain(sorted, 0.5)),
          StrictMath.log(plain(sorted, 0.75))
        };
      };

  private static double plain(double[] sorted, double q) {
    double at = (sorted.length - 1) * q;
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  private Attacks() {}

  private static double log(Member member) {
    return StrictMath.log(member.vote().ltv());
  }

  private static int size(Chance chance) {
    return Benchmark.LEAST_COMPANIES + chance.below(Benchmark.LARGE - Benchmark.LEAST_COMPANIES);
  }

  /// A member compares its own figure with the release, to learn another's.
  static Function<Industries, Scene> insider(View view) {
    return industry -> {
      List<Member> members = industry.companies(size(industry.chance()));
      return new Scene(
          log(members.get(1)), new double[] {log(members.get(0))}, view.of(industry, members));
    };
  }

  /// The lower of the two middle companies of eight wants the upper.
  static Function<Industries, Scene> neighbour(View view) {
    return industry -> {
      List<Member> members = industry.companies(Benchmark.LEAST_COMPANIES);
      List<Member> ranked = members.stream().sorted(Comparator.comparing(Attacks::log)).toList();
      return new Scene(
          log(ranked.get(4)), new double[] {log(ranked.get(3))}, view.of(industry, members));
    };
  }

  /// Two releases, between which the victim came or left together with two of the attacker's own.
  static Function<Industries, Scene> differencing(View view) {
    return industry -> {
      List<Member> members = industry.companies(8 + industry.chance().below(19));
      Member first = industry.company(0);
      Member second = industry.company(0);
      Member victim = industry.company(0);
      double[] without = view.of(industry, members);
      List<Member> all = new ArrayList<>(members);
      all.addAll(List.of(first, second, victim));
      double[] with = view.of(industry, all);
      double count = industry.chance().uniform();
      return new Scene(
          log(victim),
          new double[] {log(first), log(second)},
          Attack.joined(without, with, differences(without, with, members.size() + count)));
    };
  }

  // What a mean would have moved by if one figure alone had: the textbook difference, as a log.
  private static double[] differences(double[] without, double[] with, double n) {
    double[] solved = new double[with.length];
    for (int i = 0; i < with.length; i++) {
      double sum = (n + 3) * StrictMath.exp(with[i]) - n * StrictMath.exp(without[i]);
      solved[i] = StrictMath.log(Math.max(1, sum / 3));
    }
    return solved;
  }

  /// A year of releases in which everybody but the victim is exchanged bit by bit.
  static Function<Industries, Scene> intersection(View view) {
    return industry -> {
      List<Member> members = new ArrayList<>(industry.companies(size(industry.chance())));
      Member victim = members.getFirst();
      List<double[]> seen = new ArrayList<>();
      for (int month = 0; month < MONTHS; month++) {
        seen.add(view.of(industry, members));
        for (int i = 0; i < 3; i++) {
          members.remove(1);
          members.add(industry.company(0));
        }
        members.set(0, Industries.moved(members.getFirst(), 0.02 * industry.chance().normal()));
      }
      return new Scene(log(victim), new double[0], averages(seen));
    };
  }

  private static double[] averages(List<double[]> seen) {
    double[] means = new double[seen.getFirst().length];
    for (double[] one : seen) {
      for (int i = 0; i < means.length; i++) {
        means[i] += one[i] / seen.size();
      }
    }
    return means;
  }

  /// One company is far larger than all others; the second largest wants its figure.
  static Function<Industries, Scene> dominance(View view) {
    return industry -> {
      List<Member> members = new ArrayList<>(industry.companies(size(industry.chance()) - 1));
      Member giant = industry.company(1.8);
      members.add(giant);
      Member second =
          members.stream()
              .filter(member -> !member.equals(giant))
              .max(Comparator.comparing(Attacks::log))
              .orElseThrow();
      // With the number of companies, which is known to a step, the total is known too.
      double size = StrictMath.log(members.size());
      double[] seen = view.of(industry, members);
      return new Scene(
          log(giant),
          new double[] {log(second), size},
          Attack.joined(seen, new double[] {seen[0] + size}));
    };
  }

  /// Seven members are the attacker's, three far below and four far above, so that the victim alone
  /// is the middle. `months` releases, between which the attacker moves its own at will.
  static Function<Industries, Scene> sybils(View view, int months) {
    return industry -> {
      Member victim = industry.company(0);
      List<Member> sybils = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        sybils.add(industry.withLog(Industries.LEVEL + (i < 3 ? -0.7 : 0.7)));
      }
      double[] known = new double[0];
      double[] seen = new double[0];
      for (int month = 0; month < months; month++) {
        List<Member> members = new ArrayList<>(sybils);
        members.add(victim);
        double[] now = view.of(industry, members);
        seen = Attack.joined(seen, now);
        known = Attack.joined(known, sybils.stream().mapToDouble(Attacks::log).toArray());
        for (int i = 0; i < 7; i++) {
          sybils.set(i, Industries.moved(sybils.get(i), 0.5 * industry.chance().normal()));
        }
      }
      return new Scene(log(victim), known, seen);
    };
  }

  /// The victim leaves and comes back every other month, with the attacker's two beside it; the
  /// others stay as they are. The releases with it are averaged, and those without.
  static Function<Industries, Scene> optOutReplay(View view) {
    return industry -> {
      List<Member> others = industry.companies(8 + industry.chance().below(19));
      Member victim = industry.company(0);
      List<double[]> with = new ArrayList<>();
      List<double[]> without = new ArrayList<>();
      for (int round = 0; round < MONTHS / 2; round++) {
        without.add(view.of(industry, others));
        List<Member> all = new ArrayList<>(others);
        all.add(victim);
        all.add(industry.withLog(Industries.LEVEL - 1));
        all.add(industry.withLog(Industries.LEVEL + 1));
        with.add(view.of(industry, all));
      }
      double[] a = averages(without);
      double[] b = averages(with);
      return new Scene(
          log(victim), new double[0], Attack.joined(a, b, differences(a, b, others.size())));
    };
  }

  /// More than any attacker gets: the victim's masked figure itself.
  static Function<Industries, Scene> maskedFigure() {
    return industry -> {
      Member victim = industry.company(0);
      return new Scene(log(victim), new double[0], new double[] {victim.masked(Measure.LTV)});
    };
  }

  /// Both masked figures, where companies of more value lose fewer customers (correlation −0.5).
  static Function<Industries, Scene> bothMaskedFigures() {
    return industry -> {
      Member drawn = industry.company(0);
      double above = log(drawn) - Industries.LEVEL;
      double own = log(industry.company(0)) - Industries.LEVEL;
      double churn = Math.clamp(0.2 * StrictMath.exp(-0.5 * above + 0.866 * own), 0.001, 1);
      Member victim =
          new Member(new Contribution("victim", drawn.vote().ltv(), churn), drawn.mask());
      double[] seen = {victim.masked(Measure.LTV), Industries.LEVEL + victim.masked(Measure.CHURN)};
      return new Scene(log(victim), new double[0], seen);
    };
  }
}
