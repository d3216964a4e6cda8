package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.Arrays;
import java.util.List;

/// What the purchase model errs by as a whole, learned from earlier periods: how far all customers'
/// purchases (or log-odds of buying) have to be moved for the period to come.
///
/// Several ways to tell compete, nothing among them; the one serves that would have come closest in
/// earlier periods, each told from what lay before it.
final class Levels {
  private static final double PERIOD_VARIANCE =
      Adjustment.PRIOR_PERIOD_SPREAD * Adjustment.PRIOR_PERIOD_SPREAD;
  // Purchases come in streaks: their number scatters about twice as much as Poisson's.
  private static final double OVERDISPERSION = 2;
  private static final int FEWEST_JUDGED = 2;
  private static final double BETTER = 0.8;
  private static final double SEASON_BETTER = 0.9;
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
    /// As the model of now errs about the same days a year ago.
    SEASONAL
  }

  /// How far to move, the spread of what remains, and the number of observations that rests on.
  record Level(double move, double spread, int freedom) {}

  private final List<Examined> views;
  private final Kind kind;
  // views × periods: the error of the view's model about the period that began at the other view.
  private final double[][] errors;
  private final double[] yearAgo;

  /// `views`: now, then the origins with periods that do not overlap, newest first.
  Levels(List<Examined> views, Kind kind) {
    this.views = views;
    this.kind = kind;
    int n = views.size();
    errors = new double[n][n];
    yearAgo = new double[n];
    for (int view = 0; view < n; view++) {
      Arrays.fill(errors[view], Double.NaN);
      for (int period = Math.max(1, view); period < Math.min(n, view + 1 + REMEMBERED); period++) {
        errors[view][period] = error(views.get(view).model, views.get(period).origin);
      }
      PurchaseModel model = views.get(view).model;
      yearAgo[view] = views.get(view).yearAgo.map(o -> error(model, o)).orElse(Double.NaN);
    }
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
    return of(view, isSeasonal && !Double.isNaN(yearAgo[view]) ? Way.SEASONAL : usual(view));
  }

  private Level of(int view, Way way) {
    double squares = 2 * PERIOD_VARIANCE;
    int n = 2;
    for (int past = view + 1; past < views.size(); past++) {
      double off = errors[past][past] - told(past, way);
      squares += off * off;
      n++;
    }
    return new Level(told(view, way), Math.sqrt(squares / n), n);
  }

  // Nothing, unless something would clearly have been better on at least two periods.
  private Way usual(int view) {
    Way best = Way.NONE;
    double least = BETTER * loss(view, Way.NONE, false);
    boolean isJudged = views.size() - 1 - view > FEWEST_JUDGED;
    for (Way way : List.of(Way.CARRIED, Way.TRACKED, Way.BOTH)) {
      double loss = loss(view, way, false);
      if (isJudged && loss <= least) {
        best = way;
        least = loss;
      }
    }
    return best;
  }

  /// Whether the same days of the year before foretell the period: they differ by more than periods
  /// usually do, and where that could be tried before it was better than not to look.
  boolean isSeasonal(int view) {
    boolean isTried = false;
    for (int past = view + 1; past < views.size(); past++) {
      isTried |= !Double.isNaN(yearAgo[past]);
    }
    return isTried
        && !Double.isNaN(yearAgo[view])
        && Math.abs(seasonal(view)) > Adjustment.PRIOR_PERIOD_SPREAD
        && loss(view, Way.SEASONAL, true) <= SEASON_BETTER * loss(view, Way.NONE, true);
  }

  // How far a way would have been off, newer periods counting more.
  private double loss(int view, Way way, boolean onlyWithYearAgo) {
    double loss = 0;
    double weight = 1;
    for (int past = view + 1; past < views.size(); past++) {
      if (!onlyWithYearAgo || !Double.isNaN(yearAgo[past])) {
        loss += weight * Math.abs(errors[past][past] - told(past, way));
      }
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
      case SEASONAL -> seasonal(view);
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

  private double seasonal(int view) {
    double effect = yearAgo[view];
    return Double.isNaN(effect)
        ? 0
        : effect * effect * effect / (effect * effect + PERIOD_VARIANCE + noise(view));
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
