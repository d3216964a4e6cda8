package ai.quimbi.core.copilot;

import ai.quimbi.core.copilot.Health.Risk;
import ai.quimbi.core.stats.Proportion;
import ai.quimbi.core.stats.Scores;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Held the health score against what happened afterwards. Each account is looked at from days in
/// its past, one horizon apart, so that no two cases of an account share a day; each is scored by
/// what was known then. Accounts and not cases are independent of each other, so the intervals are
/// somewhat too narrow where accounts have many cases.
///
/// @param accounts with a case of known end @param outcomes how the cases ended @param auc the
/// share of pairs, of one case that went badly and one that did not, in which the
///     former had the lower score (ties count half); `null` without both
public record HealthBacktest(
    int horizonDays,
    int accounts,
    Map<Aftermath, Integer> outcomes,
    List<Level> levels,
    @Nullable Double auc) {

  /// With fewer on either side nothing is concluded.
  public static final int ENOUGH = 10;

  private static final int MOST_CASES_OF_ONE = 40;

  /// The cases of one risk level and how many of them went badly.
  public record Level(Risk risk, int cases, int bad) {
    /// The share that went badly with its 95 % interval; `null` without cases.
    public @Nullable Proportion share() {
      return cases == 0 ? null : Proportion.of(bad, cases);
    }
  }

  private record Case(int score, Risk risk, Aftermath end) {}

  /// `pasts` are the accounts by id; `today` is an epoch day.
  public static HealthBacktest of(
      Map<String, AccountPast> pasts, HealthWeights weights, int horizonDays, int today) {
    List<Case> cases = new ArrayList<>();
    Map<Aftermath, Integer> outcomes = new EnumMap<>(Aftermath.class);
    int accounts = 0;
    for (AccountPast past : pasts.values()) {
      List<Case> own = casesOf(past, weights, horizonDays, today);
      own.forEach(one -> outcomes.merge(one.end(), 1, Integer::sum));
      List<Case> settled = own.stream().filter(one -> one.end() != Aftermath.UNKNOWN).toList();
      accounts += settled.isEmpty() ? 0 : 1;
      cases.addAll(settled);
    }
    List<Level> levels = new ArrayList<>();
    for (Risk risk : Risk.values()) {
      List<Case> there = cases.stream().filter(one -> one.risk() == risk).toList();
      int bad = (int) there.stream().filter(one -> one.end().isBad()).count();
      levels.add(new Level(risk, there.size(), bad));
    }
    return new HealthBacktest(horizonDays, accounts, outcomes, levels, auc(cases));
  }

  private static List<Case> casesOf(
      AccountPast past, HealthWeights weights, int horizon, int today) {
    List<Case> cases = new ArrayList<>();
    int day = today - horizon;
    for (int i = 0; i < MOST_CASES_OF_ONE; i++, day -= horizon) {
      Optional<HealthPoint> scored = past.at(day, weights);
      if (scored.isEmpty()) {
        break;
      }
      HealthPoint point = scored.get();
      cases.add(new Case(point.score(), point.risk(), Aftermath.of(past, day, horizon, today)));
    }
    return cases;
  }

  private static @Nullable Double auc(List<Case> cases) {
    double[] danger = cases.stream().mapToDouble(one -> 100 - one.score()).toArray();
    boolean[] happened = new boolean[danger.length];
    for (int i = 0; i < happened.length; i++) {
      happened[i] = cases.get(i).end().isBad();
    }
    double auc = danger.length == 0 ? Double.NaN : Scores.auc(danger, happened);
    return Double.isNaN(auc) ? null : auc;
  }

  public int cases() {
    return levels.stream().mapToInt(Level::cases).sum();
  }

  public int bad() {
    return levels.stream().mapToInt(Level::bad).sum();
  }

  /// Whether there is enough on both sides to conclude anything.
  public boolean isEnough() {
    return bad() >= ENOUGH && cases() - bad() >= ENOUGH;
  }

  /// In a sentence, without more than the numbers allow.
  public String reading() {
    if (cases() == 0) {
      return "Nothing can be said yet: of no account are a score and the "
          + horizonDays
          + " days after it on record.";
    }
    String counted =
        cases() + " cases of " + accounts + " accounts, " + bad() + " of which went badly";
    Double told = auc;
    if (!isEnough() || told == null) {
      return counted
          + ": too few to judge the score by, which takes "
          + ENOUGH
          + " that went badly and "
          + ENOUGH
          + " that did not.";
    }
    return counted
        + ". Of two cases, one of each kind, the score was the lower for the one that went badly"
        + " in "
        + Math.round(100 * told)
        + " of 100 pairs; 50 would be chance.";
  }
}
