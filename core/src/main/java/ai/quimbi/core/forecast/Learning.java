package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Calibration;
import ai.quimbi.core.stats.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Learns [Adjustment]s from earlier origins and keeps of them only what would have helped on
/// origins later than those it was learned from.
///
/// Origins stand half a horizon apart: their overlapping periods teach the second stage twice as
/// much. Whatever is judged or carried over uses every other one, whose periods do not overlap.
final class Learning {
  static final int OVERLAP = 2;

  private static final int FEWEST_ROWS = 200;
  private static final int JUDGED = 2;
  private static final double BUYING_ERRORS = 0.5;
  private static final double COUNTING_ERRORS = 1;
  private static final double WORTH_IT = 0.002;

  private final int horizon;
  private final List<Examined> origins;
  // Now, then the origins whose periods do not overlap; what follows is numbered in the same way.
  private final List<Examined> views = new ArrayList<>();
  private final List<Stages> stages;
  private final List<Trial> trials;
  private final Levels orders;
  private final Levels buyers;

  /// `origins`, newest first, of which the first began a whole horizon before `now`.
  Learning(Examined now, List<Examined> origins, int horizon) {
    this.horizon = horizon;
    this.origins = origins;
    views.add(now);
    views.addAll(apart(origins));
    Stages[] learned = new Stages[views.size()];
    Trial[] tried = new Trial[views.size()];
    Blocks.each(
        learned.length,
        1,
        (view, _) -> {
          List<Examined> before = before(view);
          learned[view] = rows(before) < FEWEST_ROWS ? Stages.NONE : Stages.of(before);
          tried[view] = view == 0 ? Trial.NONE : Trial.of(views.get(view), learned[view]);
        });
    stages = List.of(learned);
    trials = List.of(tried);
    orders = new Levels(views, stages, Levels.Kind.ORDERS);
    buyers = new Levels(views, stages, Levels.Kind.BUYERS);
  }

  /// Of origins half a horizon apart those whose periods do not overlap.
  static <T> List<T> apart(List<T> origins) {
    List<T> apart = new ArrayList<>();
    for (int k = 0; k < origins.size(); k += OVERLAP) {
      apart.add(origins.get(k));
    }
    return apart;
  }

  /// The periods that can be judged by, newest first.
  List<Examined> judged() {
    return views.subList(1, views.size());
  }

  // All origins whose periods had ended when the view's begins.
  private List<Examined> before(int view) {
    int first = Math.min(view * OVERLAP, origins.size());
    return origins.subList(first, origins.size());
  }

  private static int rows(List<Examined> origins) {
    return origins.stream().mapToInt(Examined::size).sum();
  }

  /// For what begins at a view (0: now), from what lies before it.
  Adjustment at(int view) {
    Adjustment plain = Adjustment.plain(horizon);
    if (before(view).isEmpty()) {
      return plain;
    }
    return withLevels(withCounting(withBuying(plain, view), view), view);
  }

  private Adjustment withBuying(Adjustment plain, int view) {
    Trial.Choice choice = Trial.Choice.ALL.get(gains(view, Trial::buying).most(BUYING_ERRORS));
    SecondStage buying = choice.served(stages.get(view).buying());
    return plain.withBuying(buying, calibration(view, choice));
  }

  // Expected purchases move by a stage of their own, or in proportion to the probability, or not:
  // whichever gained most.
  private Adjustment withCounting(Adjustment adjustment, int view) {
    Trial.Gains counting = gains(view, Trial::counting);
    Trial.Gains moving = gains(view, Trial::moving);
    int own = counting.surest(COUNTING_ERRORS);
    double moved = moving.sure(gains(view, Trial::buying).most(BUYING_ERRORS), COUNTING_ERRORS);
    if (counting.sure(own, COUNTING_ERRORS) > Math.max(0, moved)) {
      SecondStage counts = Trial.Choice.ALL.get(own).served(stages.get(view).counting());
      return adjustment.withCounting(counts, false);
    }
    return adjustment.withCounting(SecondStage.NONE, moved > 0);
  }

  // The newest periods before the view, each judged by a stage learned before it.
  private Trial.Gains gains(int view, Function<Trial, Trial.Gains> kind) {
    Trial.Gains gains = Trial.Gains.none();
    for (int past = view + 1; past <= Math.min(view + JUDGED, views.size() - 1); past++) {
      gains = gains.plus(kind.apply(trials.get(past)));
    }
    return gains;
  }

  /// Log-odds as they were served at past views, each moved as its own period needed, and what
  /// came.
  private static final class Served {
    private final double[] logits;
    private final double[] bought;

    Served(double[] logits, double[] bought) {
      this.logits = logits;
      this.bought = bought;
    }

    boolean[] happened() {
      boolean[] happened = new boolean[bought.length];
      for (int i = 0; i < happened.length; i++) {
        happened[i] = bought[i] > 0;
      }
      return happened;
    }

    double loss(Calibration calibration) {
      double[] straightened = Arrays.stream(logits).map(calibration::at).toArray();
      double loss = 0;
      for (int i = 0; i < bought.length; i++) {
        loss += Link.LOGISTIC.loss(straightened[i], bought[i]);
      }
      return loss;
    }
  }

  // None, beta or isotonic: the one that, made on older periods, suits the newest best, and the
  // simpler one unless the gain is worth it.
  private Calibration calibration(int view, Trial.Choice choice) {
    if (view + 2 >= views.size()) {
      return Calibration.NONE;
    }
    Served newest = served(view + 1, view + 1, choice);
    Served older = served(view + 2, views.size() - 1, choice);
    double none = newest.loss(Calibration.NONE);
    double beta = newest.loss(Calibration.Beta.fit(older.logits, older.happened()));
    double isotonic = newest.loss(Calibration.Isotonic.fit(older.logits, older.happened()));
    double enough = (1 - WORTH_IT) * none;
    if (Math.min(beta, isotonic) > enough) {
      return Calibration.NONE;
    }
    Served all = served(view + 1, views.size() - 1, choice);
    return isotonic < (1 - WORTH_IT) * beta
        ? Calibration.Isotonic.fit(all.logits, all.happened())
        : Calibration.Beta.fit(all.logits, all.happened());
  }

  private Served served(int from, int to, Trial.Choice choice) {
    double[] logits = new double[0];
    double[] bought = new double[0];
    for (int past = from; past <= to; past++) {
      Examined there = views.get(past);
      SecondStage stage = choice.of(stages.get(past).buying());
      double[] own = new double[there.size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = there.logitBuy[i] + stage.at(there.signals[i]);
      }
      double shift = Trial.bestIntercept(own, there.bought);
      int at = logits.length;
      logits = Arrays.copyOf(logits, at + own.length);
      bought = Arrays.copyOf(bought, at + own.length);
      for (int i = 0; i < own.length; i++) {
        logits[at + i] = own[i] + shift;
        bought[at + i] = there.bought[i];
      }
    }
    return new Served(logits, bought);
  }

  // The second stage tells customers apart; how many purchases and buyers there are on the whole is
  // the purchase model's to say, and the levels'. So what the stage moves on the whole is taken
  // back.
  private Adjustment withLevels(Adjustment stage, int view) {
    Examined here = views.get(view);
    Levels.Level ofOrders = orders.of(view);
    double plain = 0;
    double moved = 0;
    double[] wanted = new double[here.size()];
    double[] logits = new double[here.size()];
    for (int i = 0; i < here.size(); i++) {
      double expected = Math.exp(here.logExpected[i]);
      plain += expected;
      moved += expected * stage.expectedFactor(here.logitBuy[i], here.signals[i]);
      wanted[i] = Link.LOGISTIC.mean(here.logitBuy[i]);
      logits[i] = stage.logit(here.logitBuy[i], here.signals[i]);
    }
    double intercept =
        Trial.bestIntercept(logits, wanted) + buyers.of(view, orders.isSeasonal(view)).move();
    double level = Math.exp(ofOrders.move()) * (moved > 0 ? plain / moved : 1);
    return stage
        .withIntercept(intercept)
        .withLevels(level, valueLevel(view), ofOrders.spread(), ofOrders.freedom());
  }

  // What coming purchases are worth beside what the spend model expects of them: where frequent
  // buyers buy cheaper (or dearer), their purchases are more among those that come.
  private double valueLevel(int view) {
    double[] biases = new double[views.size()];
    for (int past = view + 1; past < views.size(); past++) {
      biases[past] = views.get(past).logValueBias();
    }
    double without = 0;
    double with = 0;
    for (int past = view + 1; past < views.size(); past++) {
      without += Math.abs(biases[past]);
      with += Math.abs(biases[past] - carried(biases, past));
    }
    boolean hasHelped = views.size() - view > 3 && with <= without;
    return hasHelped ? Math.exp(carried(biases, view)) : 1;
  }

  private static double carried(double[] effects, int view) {
    double sum = 0;
    double weights = 0;
    double squares = 0;
    double weight = 1;
    for (int past = view + 1; past < effects.length; past++) {
      sum += weight * effects[past];
      weights += weight;
      squares += weight * weight;
      weight /= 2;
    }
    double effective = squares == 0 ? 0 : weights * weights / squares;
    return effective < 1 ? 0 : sum / weights * effective / (effective + 1);
  }
}
