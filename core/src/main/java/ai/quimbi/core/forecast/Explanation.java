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
/// shares are turned back into whole histories that can happen, day by day: x repeat purchases need
/// x days, and none means t_x = 0.
record Explanation(double logOdds, double referenceLogOdds, List<Factor> factors) {
  private static final int PLAYERS = 5;
  private static final int TENURE = 1;
  private static final int RATE = 2;
  private static final int RECENCY = 4;
  private static final int VALUE = 8;
  private static final int TROUBLE = 16;
  private static final double NEGLIGIBLE = 1e-9;

  static Explanation of(Panel.History history, int today, ForecastModel model) {
    return new Coalitions(history, today, model).explanation();
  }

  /// The customers that are asked about.
  private static final class Coalitions {
    private final Panel.History history;
    private final Traits own;
    private final int today;
    private final ForecastModel model;
    // Value and troubles change neither what the purchase model says nor the rhythm: eight of each
    // serve all coalitions.
    private final @Nullable Traits[] rhythms = new @Nullable Traits[TENURE + RATE + RECENCY + 1];
    private final Signals.@Nullable Base[] bases =
        new Signals.@Nullable Base[TENURE + RATE + RECENCY + 1];

    Coalitions(Panel.History history, int today, ForecastModel model) {
      this.history = history;
      this.today = today;
      this.model = model;
      own = Traits.of(history, model, today);
    }

    Explanation explanation() {
      double[] worth = new double[1 << PLAYERS];
      for (int coalition = 0; coalition < worth.length; coalition++) {
        worth[coalition] = worth(coalition);
      }
      double[] share = Shapley.shares(PLAYERS, coalition -> worth[coalition]);
      double total = 0;
      for (double part : share) {
        total += Math.abs(part);
      }
      List<Factor> factors = new ArrayList<>();
      for (int player = 0; player < PLAYERS; player++) {
        if (Math.abs(share[player]) > NEGLIGIBLE) {
          factors.add(factor(1 << player, share[player], total, own, model));
        }
      }
      factors.sort(
          Comparator.comparingDouble((Factor f) -> -Math.abs(f.contribution()))
              .thenComparing(Factor::name));
      return new Explanation(worth[worth.length - 1], worth[0], factors);
    }

    private double worth(int coalition) {
      if (coalition == (1 << PLAYERS) - 1) {
        return RiskScore.logOdds(own, model);
      }
      int timing = coalition & (TENURE | RATE | RECENCY);
      Traits mixed = rhythms[timing];
      Signals.Base base = bases[timing];
      if (mixed == null || base == null) {
        mixed = Traits.of(mixed(timing), model, today);
        base = Outlook.base(mixed.summary(), model);
        rhythms[timing] = mixed;
        bases[timing] = base;
      }
      int x = mixed.summary().frequency();
      boolean hasValue = has(coalition, VALUE);
      boolean hasTrouble = has(coalition, TROUBLE);
      double value = hasValue ? own.summary().meanNetMinor() : model.reference().meanNetMinor();
      Summary s = mixed.summary();
      return RiskScore.logOdds(
          new Traits(
              new Summary(x + 1, s.recency(), s.age(), value, value * x),
              mixed.purchasesInHorizon(),
              mixed.unevenness(),
              mixed.rhythm(),
              hasValue ? own.valueTrend() : 0,
              hasValue ? own.discountShare() : 0,
              hasTrouble ? own.refundedDays() : 0,
              hasTrouble ? own.supportContacts() : 0),
          base,
          model);
    }

    // The days a mixed customer would have bought on: with its own pattern where the rate is its
    // own, else evenly.
    private Panel.History mixed(int timing) {
      Summary s = own.summary();
      ForecastModel.Reference typical = model.reference();
      int age = has(timing, TENURE) ? s.age() : typical.age();
      boolean hasRate = has(timing, RATE);
      double rate =
          hasRate ? perDay(s.frequency(), s.age()) : perDay(typical.frequency(), typical.age());
      int x = (int) Math.min(age, Math.rint(rate * age));
      double part =
          has(timing, RECENCY)
              ? perDay(s.recency(), s.age())
              : perDay(typical.recency(), typical.age());
      int recency = x == 0 ? 0 : (int) Math.clamp(Math.rint(part * age), x, age);
      int[] days = new int[x + 1];
      days[0] = today - age;
      for (int k = 1; k <= x; k++) {
        double at = hasRate && s.frequency() > 0 ? ownPattern((double) k / x) : (double) k / x;
        int day = days[0] + (int) Math.rint(at * recency);
        // Each day once, and room for those that follow.
        days[k] = Math.clamp(day, days[k - 1] + 1, days[0] + recency - (x - k));
      }
      return new Panel.History(
          "", days, new double[days.length], new double[0], new int[0], new int[0]);
    }

    // The share of the time between first and last purchase that had passed at a share of them.
    private double ownPattern(double share) {
      int x = own.summary().frequency();
      double at = share * x;
      int low = Math.min((int) at, x - 1);
      double day = history.days[low] + (at - low) * (history.days[low + 1] - history.days[low]);
      return (day - history.days[0]) / own.summary().recency();
    }
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
    double change = traits.frequencyChange(model.adjustment().horizonDays());
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
