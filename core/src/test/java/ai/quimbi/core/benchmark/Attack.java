package ai.quimbi.core.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Somebody who wants one company's figure. A [Scene] is one industry as the attacker meets it; the
/// attacker has seen thousands like it with the truth beside them, and has learned from these by
/// least squares how to guess, and by how much to shade the guess so that it lies within 15 % most
/// often. With the releases and without them, it is the same attacker.
final class Attack {
  private static final double WITHIN = 0.15;
  private static final double RIDGE = 1e-3;

  /// What a sight is worth that shows nothing.
  static final double[] NOTHING = {
    Industries.LEVEL, Industries.LEVEL, Industries.LEVEL, Industries.LEVEL
  };

  private Attack() {}

  /// Logarithms: the figure that is wanted, what the attacker knows anyway, and what the releases
  /// add.
  static final class Scene {
    private final double wanted;
    private final double[] known;
    private final double[] released;

    Scene(double wanted, double[] known, double[] released) {
      this.wanted = wanted;
      this.known = known.clone();
      this.released = released.clone();
    }

    double wanted() {
      return wanted;
    }

    double[] known() {
      return known;
    }

    double[] everything() {
      return joined(known, released);
    }
  }

  /// How often a guess lies within 15 % of the figure, in shares of the industries tried.
  record Success(double without, double with) {
    double gain() {
      return with - without;
    }

    @Override
    public String toString() {
      return "%.1f %% without, %.1f %% with the release (%+.1f points)"
          .formatted(100 * without, 100 * with, 100 * gain());
    }
  }

  /// Learns on `industries` invented ones and is tried on as many others.
  static Success tried(long seed, int industries, Function<Industries, Scene> attack) {
    List<Scene> seen = new ArrayList<>();
    List<Scene> met = new ArrayList<>();
    for (int i = 0; i < industries; i++) {
      seen.add(attack.apply(new Industries(seed * 1_000_003 + 2L * i)));
      met.add(attack.apply(new Industries(seed * 1_000_003 + 2L * i + 1)));
    }
    return new Success(success(seen, met, Scene::known), success(seen, met, Scene::everything));
  }

  private static double success(
      List<Scene> seen, List<Scene> met, Function<Scene, double[]> looks) {
    double[] wanted = seen.stream().mapToDouble(Scene::wanted).toArray();
    double[] weights = learned(seen.stream().map(looks).toList(), wanted);
    double[] errors = new double[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      errors[i] = guess(weights, looks.apply(seen.get(i))) - wanted[i];
    }
    double shade = bestShade(errors);
    return (double)
            met.stream()
                .filter(
                    scene -> isWithin(guess(weights, looks.apply(scene)) + shade - scene.wanted()))
                .count()
        / met.size();
  }

  static boolean isWithin(double logError) {
    return Math.abs(StrictMath.exp(logError) - 1) <= WITHIN;
  }

  private static double bestShade(double[] errors) {
    double best = 0;
    long most = -1;
    for (double shade = -0.5; shade <= 0.5; shade += 0.01) {
      double by = shade;
      long hits = Arrays.stream(errors).filter(error -> isWithin(error + by)).count();
      if (hits > most) {
        most = hits;
        best = shade;
      }
    }
    return best;
  }

  private static double guess(double[] weights, double[] looks) {
    double sum = weights[looks.length];
    for (int i = 0; i < looks.length; i++) {
      sum += weights[i] * (looks[i] - Industries.LEVEL);
    }
    return sum;
  }

  // Ridge regression by the normal equations; the last weight is the constant.
  private static double[] learned(List<double[]> rows, double[] wanted) {
    int n = rows.getFirst().length + 1;
    double[][] a = new double[n][n + 1];
    for (int r = 0; r < wanted.length; r++) {
      double[] x = new double[n];
      for (int i = 0; i < n - 1; i++) {
        x[i] = rows.get(r)[i] - Industries.LEVEL;
      }
      x[n - 1] = 1;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] += x[i] * x[j];
        }
        a[i][n] += x[i] * wanted[r];
      }
    }
    for (int i = 0; i < n; i++) {
      a[i][i] += RIDGE * wanted.length;
    }
    return solved(a);
  }

  // Gauss's elimination; the ridge keeps every pivot away from zero.
  private static double[] solved(double[][] a) {
    int n = a.length;
    for (int p = 0; p < n; p++) {
      for (int i = p + 1; i < n; i++) {
        double factor = a[i][p] / a[p][p];
        for (int j = p; j <= n; j++) {
          a[i][j] -= factor * a[p][j];
        }
      }
    }
    double[] x = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double sum = a[i][n];
      for (int j = i + 1; j < n; j++) {
        sum -= a[i][j] * x[j];
      }
      x[i] = sum / a[i][i];
    }
    return x;
  }

  static double[] joined(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }

  /// The logarithms of what a release says of lifetime value.
  static double[] logs(Released released) {
    Figures figures = released.ltv();
    return new double[] {
      StrictMath.log(figures.mean()),
      StrictMath.log(figures.p25()),
      StrictMath.log(figures.p50()),
      StrictMath.log(figures.p75())
    };
  }
}
