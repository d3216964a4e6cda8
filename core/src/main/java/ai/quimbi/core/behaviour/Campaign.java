package ai.quimbi.core.behaviour;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whom to address for a goal: customers ranked by what acting is expected to be worth.
///
/// With `p` the chance that the customer buys nothing in the horizon, `V` what they are expected to
/// spend in the next twelve months, `H` what they spent a year so far, and `e` the effect a
/// campaign is assumed to have:
///
/// - retention: `e p V / (1 - p)`. `V` already counts on losing them; `V / (1 - p)` is what a kept
///   customer spends, and acting keeps the share `e` of those who would go.
/// - growth: `e V (1 - p)`. Whoever stays spends the share `e` more. - win_back: `e p H`. Of those
/// who are as good as gone the share `e` comes back to their old habit.
///
/// The effects are assumptions of the planner, not measurements; the caller may give its own.
public final class Campaign {
  // A chance of staying below this would divide by next to nothing.
  private static final double LEAST_STAYING = 0.05;

  private Campaign() {}

  /// What a campaign is for; `usualEffect` is assumed where the caller knows no better.
  public enum Goal {
    RETENTION(0.15, 0.26, 0.95),
    GROWTH(0.10, 0, 0.55),
    WIN_BACK(0.05, 0.55, 1);

    private final double usualEffect;
    private final double leastRisk;
    private final double mostRisk;

    Goal(double usualEffect, double leastRisk, double mostRisk) {
      this.usualEffect = usualEffect;
      this.leastRisk = leastRisk;
      this.mostRisk = mostRisk;
    }

    public double usualEffect() {
      return usualEffect;
    }

    /// Whom the goal is about: nobody is retained who is not at risk.
    boolean isFor(Candidate candidate) {
      return candidate.churnRisk() >= leastRisk && candidate.churnRisk() <= mostRisk;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Goal> ofLabel(String label) {
      for (Goal goal : values()) {
        if (goal.label().equals(label)) {
          return Optional.of(goal);
        }
      }
      return Optional.empty();
    }
  }

  /// A customer who could be addressed; money in the tenant's currency.
  public record Candidate(
      String customerId, double churnRisk, double yearAhead, double spentPerYear) {
    public Candidate {
      if (!(churnRisk >= 0 && churnRisk <= 1)) {
        throw new IllegalArgumentException("churn risk must be in [0, 1], was " + churnRisk);
      }
      if (!(yearAhead >= 0 && spentPerYear >= 0)) {
        throw new IllegalArgumentException("money must not be below zero");
      }
    }
  }

  /// A customer to address, what it is worth and why.
  public record Target(Candidate candidate, double expectedValue, String reason) {}

  /// The best `limit` of the candidates, the most worthwhile first, then by id. Who is worth
  /// nothing is left out.
  public static List<Target> rank(
      Goal goal, double effect, Iterable<Candidate> candidates, int limit) {
    if (!(effect > 0 && effect <= 1)) {
      throw new IllegalArgumentException("effect must be in (0, 1], was " + effect);
    }
    List<Target> targets = new ArrayList<>();
    for (Candidate candidate : candidates) {
      double value = goal.isFor(candidate) ? value(goal, effect, candidate) : 0;
      if (value > 0) {
        targets.add(new Target(candidate, value, reason(goal, candidate)));
      }
    }
    targets.sort(
        Comparator.comparingDouble((Target target) -> -target.expectedValue())
            .thenComparing(target -> target.candidate().customerId()));
    return List.copyOf(targets.subList(0, Math.min(limit, targets.size())));
  }

  private static double value(Goal goal, double effect, Candidate candidate) {
    double p = candidate.churnRisk();
    double staying = Math.max(LEAST_STAYING, 1 - p);
    return switch (goal) {
      case RETENTION -> effect * p * candidate.yearAhead() / staying;
      case GROWTH -> effect * candidate.yearAhead() * (1 - p);
      case WIN_BACK -> effect * p * candidate.spentPerYear();
    };
  }

  private static String reason(Goal goal, Candidate candidate) {
    String risk = percent(candidate.churnRisk());
    return switch (goal) {
      case RETENTION ->
          risk + " risk of leaving, with " + money(candidate.yearAhead()) + " expected in a year";
      case GROWTH ->
          "Expected to spend "
              + money(candidate.yearAhead())
              + " in a year, with only "
              + risk
              + " risk of leaving";
      case WIN_BACK ->
          "Used to spend "
              + money(candidate.spentPerYear())
              + " a year and has probably left ("
              + risk
              + ")";
    };
  }

  private static String percent(double share) {
    return Math.round(100 * share) + "%";
  }

  private static String money(double amount) {
    return String.format(Locale.ROOT, "%.2f", amount);
  }
}
