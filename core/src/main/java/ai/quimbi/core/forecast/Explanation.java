package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Shapley;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a score is what it is: exact Shapley values of its log-odds for five players, against the
/// tenant's reference customer.
///
/// A coalition is a customer who has the members' traits and the reference's in all else. Rates and
/// shares are turned back into whole histories that can happen: x repeat purchases need x days, and
/// none means t_x = 0.
record Explanation(double logOdds, double referenceLogOdds, List<Factor> factors) {
  private static final int PLAYERS = 5;
  private static final int TENURE = 1;
  private static final int RATE = 2;
  private static final int RECENCY = 4;
  private static final int VALUE = 8;
  private static final int TROUBLE = 16;
  private static final double NEGLIGIBLE = 1e-9;

  static Explanation of(Traits traits, ForecastModel model) {
    Signals.@Nullable Base[] bases = new Signals.@Nullable Base[TENURE + RATE + RECENCY + 1];
    double[] share = Shapley.shares(PLAYERS, coalition -> worth(coalition, traits, model, bases));
    double total = 0;
    for (double part : share) {
      total += Math.abs(part);
    }
    List<Factor> factors = new ArrayList<>();
    for (int player = 0; player < PLAYERS; player++) {
      if (Math.abs(share[player]) > NEGLIGIBLE) {
        factors.add(factor(1 << player, share[player], total, traits, model));
      }
    }
    factors.sort(
        Comparator.comparingDouble((Factor f) -> -Math.abs(f.contribution()))
            .thenComparing(Factor::name));
    return new Explanation(
        worth((1 << PLAYERS) - 1, traits, model, bases), worth(0, traits, model, bases), factors);
  }

  // Value and troubles do not change what the purchase model says: eight bases serve all
  // coalitions.
  private static double worth(
      int coalition, Traits traits, ForecastModel model, Signals.@Nullable Base[] bases) {
    if (coalition == (1 << PLAYERS) - 1) {
      return RiskScore.logOdds(traits, model);
    }
    Summary own = traits.summary();
    ForecastModel.Reference typical = model.reference();
    int age = has(coalition, TENURE) ? own.age() : typical.age();
    double rate =
        has(coalition, RATE)
            ? perDay(own.frequency(), own.age())
            : perDay(typical.frequency(), typical.age());
    int x = (int) Math.min(age, Math.rint(rate * age));
    double part =
        has(coalition, RECENCY)
            ? perDay(own.recency(), own.age())
            : perDay(typical.recency(), typical.age());
    int recency = x == 0 ? 0 : (int) Math.clamp(Math.rint(part * age), x, age);
    double value = has(coalition, VALUE) ? own.meanNetMinor() : typical.meanNetMinor();
    Summary mixed = new Summary(x + 1, recency, age, value, value * x);
    boolean hasTrouble = has(coalition, TROUBLE);
    int timing = coalition & (TENURE | RATE | RECENCY);
    Signals.Base base = bases[timing];
    if (base == null) {
      base = Outlook.base(mixed, model);
      bases[timing] = base;
    }
    return RiskScore.logOdds(
        new Traits(
            mixed,
            0,
            has(coalition, RATE) ? traits.unevenness() : 0,
            hasTrouble ? traits.refundedDays() : 0,
            hasTrouble ? traits.supportContacts() : 0),
        base,
        model);
  }

  private static boolean has(int coalition, int player) {
    return (coalition & player) != 0;
  }

  private static double perDay(int count, int age) {
    return age == 0 ? 0 : (double) count / age;
  }

  private static Factor factor(
      int player, double share, double total, Traits traits, ForecastModel model) {
    Summary s = traits.summary();
    double change = traits.frequencyChange(model.horizonDays());
    Factor.Direction direction =
        share > 0 ? Factor.Direction.INCREASES_RISK : Factor.Direction.DECREASES_RISK;
    Factor.Impact impact = Factor.Impact.ofShare(Math.abs(share) / total);
    return switch (player) {
      case TENURE -> new Factor("customer_tenure_days", whole(s.age()), impact, direction, share);
      case RATE ->
          share > 0 && change < 0
              ? new Factor("purchase_frequency_decline", two(change), impact, direction, share)
              : new Factor(
                  "purchases_per_year",
                  two(365 * perDay(s.frequency(), s.age())),
                  impact,
                  direction,
                  share);
      case RECENCY ->
          new Factor(
              "days_since_last_purchase", whole(s.daysSinceLast()), impact, direction, share);
      case VALUE ->
          new Factor(
              "average_order_value",
              BigDecimal.valueOf(Math.round(s.meanNetMinor()), model.scale()),
              impact,
              direction,
              share);
      case TROUBLE ->
          new Factor("returns_and_support", whole(traits.troubles()), impact, direction, share);
      default -> throw new IllegalArgumentException("player " + player);
    };
  }

  private static BigDecimal whole(long value) {
    return BigDecimal.valueOf(value);
  }

  private static BigDecimal two(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
  }
}
