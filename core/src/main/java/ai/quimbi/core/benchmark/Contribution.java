package ai.quimbi.core.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one company gives to a month's benchmark, noised at the level of its customers: the mean
/// twelve-month value of a customer in the benchmark's currency, and the mean probability to buy
/// nothing within a year. `owner` is the legal owner, who has one vote.
public record Contribution(String owner, double ltv, double churn) {
  /// Nothing smaller is told apart: logarithms stay finite.
  public static final double LEAST_LTV = 0.01;

  public static final double LEAST_CHURN = 0.001;

  public Contribution {
    if (owner.isBlank()) {
      throw new IllegalArgumentException("a contribution has an owner");
    }
    if (!(ltv >= LEAST_LTV && ltv < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("ltv must be at least " + LEAST_LTV + ", was " + ltv);
    }
    if (!(churn >= LEAST_CHURN && churn <= 1)) {
      throw new IllegalArgumentException("churn must be in [" + LEAST_CHURN + ", 1], was " + churn);
    }
  }

  /// One vote an owner, in the order of their names: companies of the same owner are averaged
  /// (geometrically), so that founding more of them moves nothing further than one could.
  public static List<Contribution> votes(List<Contribution> contributions) {
    SortedMap<String, List<Contribution>> byOwner = new TreeMap<>();
    for (Contribution one : contributions) {
      byOwner.computeIfAbsent(one.owner(), owner -> new ArrayList<>()).add(one);
    }
    List<Contribution> votes = new ArrayList<>();
    byOwner.forEach((owner, own) -> votes.add(merged(owner, own)));
    return votes;
  }

  private static Contribution merged(String owner, List<Contribution> own) {
    if (own.size() == 1) {
      return own.getFirst();
    }
    double ltv = 0;
    double churn = 0;
    for (Contribution one : own) {
      ltv += StrictMath.log(one.ltv());
      churn += StrictMath.log(one.churn());
    }
    return new Contribution(
        owner,
        Math.max(LEAST_LTV, StrictMath.exp(ltv / own.size())),
        Math.clamp(StrictMath.exp(churn / own.size()), LEAST_CHURN, 1));
  }
}
