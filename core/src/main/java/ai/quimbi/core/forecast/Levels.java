package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Link;
import ai.quimbi.core.stats.Special;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What the purchase model errs by as a whole, learned from earlier periods: how far all customers'
/// purchases (or log-odds of buying) have to be moved for the period to come.
///
/// Several ways to tell compete, nothing among them; the one serves that would have come closest in
/// earlier periods, each told from what lay before it.
final class Levels {
  static final double PERIOD_VARIANCE =
      Adjustment.PRIOR_PERIOD_SPREAD * Adjustment.PRIOR_PERIOD_SPREAD;
  // Purchases come in streaks: their number scatters about twice as much as Poisson's.
  static final double OVERDISPERSION = 2;
  private static final int FEWEST_JUDGED = 2;
  private static final double BETTER = 0.8;
  private static final double FARTHEST = 1;
  private static final int REMEMBERED = 3;

  /// What is counted.
  enum Kind {
    /// ln of purchases over the expected ones.
    ORDERS,
    /// The log-odds to add for as many buyers as there were.
    BUYERS
  }

  private enum Way {
    /// The model is right on the whole.
    NONE,
    /// As forecasts made at earlier origins erred, so does this one.
    CARRIED,
    /// As the model of now errs about the last periods, given what was known before each, so it
    /// will err again: no error of an earlier, less certain fit is in this.
    TRACKED,
    /// Half of each.
    BOTH,
    /// As the second stage's weights say: what is learned of single customers, summed up.
    SUMMED,
    /// As the yearly wave in the model's errors says.
    SEASONAL
  }

  /// How far to move, the spread of what remains, and the number of observations that rests on.
  record Level(double move, double spread, int freedom) {}

  private final List<Examined> views;
  private final Kind kind;
  // views × periods: the error of the view's model about the period that began at the other view.
  private final double[][] errors;
  private final double[] summed;
  private final Map<Integer, OptionalDouble> seasons = new HashMap<>();

  /// `views`: now, then the origins with periods that do not overlap, newest first. `stages`: what
  /// was learned before each.
  Levels(List<Examined> views, List<Stages> stages, Kind kind) {
    this.views = views;
    this.kind = kind;
    int n = views.size();
    errors = new double[n][n];
    summed = new double[n];
    Blocks.each(n, 1, (view, _) -> examine(view, stages.get(view)));
  }

  private void examine(int view, Stages stage) {
    summed[view] = summed(stage, views.get(view));
    Arrays.fill(errors[view], Double.NaN);
    int end = Math.min(views.size(), view + 1 + REMEMBERED);
    for (int period = Math.max(1, view); period < end; period++) {
      errors[view][period] = error(views.get(view).model, views.get(period).origin);
    }
  }

  // One origin alone cannot tell its weather from what its customers have in common.
  private double summed(Stages stages, Examined here) {
    if (stages.origins() < 2) {
      return Double.NaN;
    }
    double move = kind == Kind.ORDERS ? stages.movesOrders(here) : stages.movesBuyers(here);
    return Math.clamp(move, -FARTHEST, FARTHEST);
  }

  private double error(PurchaseModel model, Origin period) {
    return kind == Kind.ORDERS ? ordersError(model, period) : buyersError(model, period);
  }

  private static double ordersError(PurchaseModel model, Origin period) {
    double actual = 0.5;
    double expected = 0.5;
    int stride = stride(period);
    for (int i = 0; i < period.size(); i += stride) {
      actual += period.orders[i];
      expected += model.expected(period.x[i], period.recency[i], period.age[i], period.horizon);
    }
    return Math.clamp(Math.log(actual / expected), -FARTHEST, FARTHEST);
  }

  private static double buyersError(PurchaseModel model, Origin period) {
    int stride = stride(period);
    int n = (period.size() + stride - 1) / stride;
    double[] logits = new double[n];
    double[] bought = new double[n];
    for (int k = 0; k < n; k++) {
      int i = k * stride;
      logits[k] =
          -Special.logit(
              model.pNone(period.x[i], period.recency[i], period.age[i], period.horizon));
      bought[k] = period.orders[i] > 0 ? 1 : 0;
    }
    return Math.clamp(Trial.bestIntercept(logits, bought), -FARTHEST, FARTHEST);
  }

  private static int stride(Origin period) {
    return (period.size() + 2_999) / 3_000;
  }

  /// For the period that begins at a view, from what lies before it.
  Level of(int view) {
    return of(view, isSeasonal(view) ? Way.SEASONAL : usual(view));
  }

  /// The same, where whether there are seasons has been decided on other counts.
  Level of(int view, boolean isSeasonal) {
    return of(view, isSeasonal && season(view).isPresent() ? Way.SEASONAL : usual(view));
  }

  private Level of(int view, Way way) {
    double squares = 2 * PERIOD_VARIANCE;
    int n = 2;
    for (int past = view + 1; past < views.size(); past++) {
      if (way != Way.SEASONAL || season(past).isPresent()) {
        double off = errors[past][past] - told(past, way);
        squares += off * off;
        n++;
      }
    }
    return new Level(told(view, way), Math.sqrt(squares / n), n);
  }

  // Nothing, unless something would clearly have been better on at least two periods.
  private Way usual(int view) {
    Way best = Way.NONE;
    double least = BETTER * loss(view, Way.NONE);
    for (Way way : List.of(Way.CARRIED, Way.TRACKED, Way.BOTH, Way.SUMMED)) {
      double loss = loss(view, way);
      if (judged(view, way) >= FEWEST_JUDGED && loss <= least) {
        best = way;
        least = loss;
      }
    }
    return best;
  }

  // The earlier periods at which a way had something to tell from.
  private int judged(int view, Way way) {
    int judged = 0;
    for (int past = view + 1; past < views.size(); past++) {
      boolean isTold = way == Way.SUMMED ? !Double.isNaN(summed[past]) : past < views.size() - 1;
      judged += isTold ? 1 : 0;
    }
    return judged;
  }

  /// Whether the year has a wave: the evidence for it is strong, and where the period to come could
  /// be told by it before, that was not off by more than weather explains.
  boolean isSeasonal(int view) {
    double misled = 0;
    double weight = 1;
    for (int past = view + 1; past < views.size(); past++) {
      if (season(past).isPresent()) {
        double off = Math.abs(errors[past][past] - season(past).getAsDouble());
        misled += weight * (off - Math.abs(errors[past][past]) - Adjustment.PRIOR_PERIOD_SPREAD);
      }
      weight /= 2;
    }
    return misled <= 0 && isSure(view);
  }

  private boolean isSure(int view) {
    Examined here = views.get(view);
    return Season.of(here.model, here.origin, Season.ORDERS).filter(Season::isSure).isPresent();
  }

  // How far to move for the wave; empty with less than a year of history.
  private OptionalDouble season(int view) {
    return seasons.computeIfAbsent(
        view,
        v -> {
          Examined here = views.get(v);
          Season.Count count = kind == Kind.ORDERS ? Season.ORDERS : Season.BUYERS;
          return Season.of(here.model, here.origin, count)
              .map(season -> OptionalDouble.of(move(here, season.told())))
              .orElse(OptionalDouble.empty());
        });
  }

  private double move(Examined here, double told) {
    if (kind == Kind.ORDERS) {
      return Math.clamp(told, -FARTHEST, FARTHEST);
    }
    double[] wanted = new double[here.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = Link.LOGISTIC.mean(here.logitBuy[i]) * Math.exp(told);
    }
    return Math.clamp(Trial.bestIntercept(here.logitBuy, wanted), -FARTHEST, FARTHEST);
  }

  // How far a way would have been off, newer periods counting more.
  private double loss(int view, Way way) {
    double loss = 0;
    double weight = 1;
    for (int past = view + 1; past < views.size(); past++) {
      loss += weight * Math.abs(errors[past][past] - told(past, way));
      weight /= 2;
    }
    return loss;
  }

  private double told(int view, Way way) {
    return switch (way) {
      case NONE -> 0;
      case CARRIED -> carried(view);
      case TRACKED -> tracked(view);
      case BOTH -> (carried(view) + tracked(view)) / 2;
      case SUMMED -> Double.isNaN(summed[view]) ? 0 : summed[view];
      case SEASONAL -> season(view).orElse(0);
    };
  }

  private double carried(int view) {
    int n = Math.min(views.size() - 1 - view, 2 * REMEMBERED);
    double[] effects = new double[n];
    for (int k = 0; k < n; k++) {
      effects[k] = errors[view + 1 + k][view + 1 + k];
    }
    return shrunk(effects, view);
  }

  private double tracked(int view) {
    int n = Math.min(views.size() - 1 - view, REMEMBERED);
    double[] effects = new double[n];
    for (int k = 0; k < n; k++) {
      effects[k] = errors[view][view + 1 + k];
    }
    return shrunk(effects, view);
  }

  // Newest first: weights 1, ½, ¼, …, shrunk by the effective number of periods and by how many
  // purchases they had.
  private double shrunk(double[] effects, int view) {
    if (effects.length == 0) {
      return 0;
    }
    double sum = 0;
    double weights = 0;
    double squares = 0;
    double weight = 1;
    for (double effect : effects) {
      sum += weight * effect;
      weights += weight;
      squares += weight * weight;
      weight /= 2;
    }
    double effective = weights * weights / squares;
    return sum / weights * effective / (effective + 1 + noise(view) / PERIOD_VARIANCE);
  }

  // The variance that luck alone gives the newest period's error.
  private double noise(int view) {
    Examined newest = views.get(Math.min(view + 1, views.size() - 1));
    double count = 0;
    for (int i = 0; i < newest.size(); i++) {
      count += kind == Kind.ORDERS ? newest.origin.orders[i] : newest.bought[i];
    }
    return OVERDISPERSION / (count + 1);
  }
}
