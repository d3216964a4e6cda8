package ai.quimbi.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Boosted trees, penalised regression and calibration on data whose truth is known.
class BoostingTest {
  private static final Boosting.Settings SETTINGS = new Boosting.Settings(60, 3, 0.1, 10, 15);

  /// Rows of which only the first two columns matter, by a step and an interaction.
  private static final class Known {
    final double[][] rows = new double[4_000][6];
    final double[] target = new double[rows.length];
    final double[] truth = new double[rows.length];

    Known(long seed, Link link) {
      Chance chance = new Chance(seed);
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] = chance.normal();
        }
        truth[i] = (rows[i][0] > 0.5 ? 1.5 : -0.5) + (rows[i][0] * rows[i][1] > 0 ? 0.7 : -0.7);
        double mean = link.mean(truth[i]);
        target[i] = link == Link.POISSON ? chance.poisson(mean) : chance.uniform() < mean ? 1 : 0;
      }
    }

    double loss(Link link, double[] z) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += link.loss(z[i], target[i]);
      }
      return sum / z.length;
    }
  }

  @Test
  void trees_learn_what_no_line_can_and_hold_on_new_rows() {
    for (Link link : Link.values()) {
      Known seen = new Known(1, link);
      Known fresh = new Known(2, link);
      double[] nothing = new double[seen.rows.length];
      Trees trees = Boosting.fit(seen.rows, nothing, seen.target, link, SETTINGS);
      double learned = fresh.loss(link, Arrays.stream(fresh.rows).mapToDouble(trees::at).toArray());
      double best = fresh.loss(link, fresh.truth);
      double none = fresh.loss(link, nothing);
      assertTrue(none - learned > 0.8 * (none - best), link + ": " + none + " " + learned);
      double[] penalty = {1, 1, 1, 1, 1, 1};
      double[] w = Ridge.fit(seen.rows, nothing, seen.target, link, penalty);
      double[] line = new double[fresh.rows.length];
      for (int i = 0; i < line.length; i++) {
        for (int j = 0; j < w.length; j++) {
          line[i] += w[j] * fresh.rows[i][j];
        }
      }
      assertTrue(learned < fresh.loss(link, line), link.toString());
    }
  }

  @Test
  void rows_in_columns_get_the_same_sums_to_the_last_bit() {
    Known known = new Known(4, Link.LOGISTIC);
    int n = 300;
    double[][] columns = new double[6][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 6; j++) {
        columns[j][i] = known.rows[i][j];
      }
    }
    for (int depth : new int[] {2, 3, 4}) {
      // So many rows a leaf that some nodes ask nothing.
      Boosting.Settings settings = new Boosting.Settings(9, depth, 0.1, 10, 300);
      double[] nothing = new double[known.rows.length];
      Trees trees = Boosting.fit(known.rows, nothing, known.target, Link.LOGISTIC, settings);
      double[] sums = new double[n];
      new SortedTrees(trees, n).addTo(sums, columns, n);
      for (int i = 0; i < n; i++) {
        assertEquals(trees.at(known.rows[i]), sums[i]);
      }
    }
  }

  @Test
  void the_same_rows_give_the_same_trees_and_a_part_of_them_is_their_first() {
    Known known = new Known(3, Link.LOGISTIC);
    double[] nothing = new double[known.rows.length];
    Trees trees = Boosting.fit(known.rows, nothing, known.target, Link.LOGISTIC, SETTINGS);
    assertEquals(trees, Boosting.fit(known.rows, nothing, known.target, Link.LOGISTIC, SETTINGS));
    Trees some = trees.first(7);
    double sum = 0;
    for (int tree = 0; tree < 7; tree++) {
      sum += trees.at(tree, known.rows[5]);
    }
    assertEquals(sum, some.at(known.rows[5]), 1e-12);
    assertEquals(0, trees.first(0).at(known.rows[5]));
  }

  @Test
  void rows_without_a_difference_teach_nothing() {
    double[][] same = new double[500][3];
    double[] target = new double[500];
    Arrays.fill(target, 0, 250, 1);
    Trees trees = Boosting.fit(same, new double[500], target, Link.LOGISTIC, SETTINGS);
    assertEquals(0, trees.at(new double[] {9, -9, 0}), 1e-12);
    assertEquals(
        0,
        Boosting.fit(new double[0][], new double[0], new double[0], Link.POISSON, SETTINGS)
            .at(new double[0]));
  }

  @Test
  void calibrations_straighten_what_is_bent_and_leave_order_alone() {
    Chance chance = new Chance(8);
    int n = 5_000;
    double[] logits = new double[n];
    double[] truth = new double[n];
    boolean[] happened = new boolean[n];
    for (int i = 0; i < n; i++) {
      truth[i] = 1.5 * chance.normal();
      logits[i] = 2 * truth[i] + 0.8;
      happened[i] = chance.uniform() < Special.logistic(truth[i]);
    }
    Calibration[] both = {
      Calibration.Beta.fit(logits, happened), Calibration.Isotonic.fit(logits, happened)
    };
    for (Calibration calibration : both) {
      double off = 0;
      double last = Double.NEGATIVE_INFINITY;
      for (double logit = -6; logit <= 6; logit += 0.01) {
        double straightened = calibration.at(logit);
        assertTrue(straightened >= last, calibration + " at " + logit);
        last = straightened;
      }
      for (int i = 0; i < n; i++) {
        off += Math.abs(calibration.at(logits[i]) - truth[i]) / n;
      }
      assertTrue(off < 0.2, calibration.getClass() + " is off by " + off);
    }
    assertEquals(1.25, Calibration.NONE.at(1.25));
    boolean[] never = new boolean[n];
    assertTrue(Double.isFinite(Calibration.Isotonic.fit(logits, never).at(3)));
    assertTrue(Double.isFinite(Calibration.Beta.fit(logits, never).at(3)));
  }
}
