package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Minimum;
import ai.quimbi.core.stats.Newton;
import ai.quimbi.core.stats.Objective;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Special;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Fits the [GammaGamma] to each customer's number and mean value of purchases.
public final class SpendFit {
  /// The prior's centre of a purchase's value, in units of the currency; a factor of twenty up or
  /// down is one standard deviation, so that yen and dinars are no surprise.
  static final double TYPICAL_UNITS = 50;

  private static final int BLOCK = 4096;
  private static final double CENTRE_P = 4;
  private static final double CENTRE_Q_ABOVE_ONE = 2.5;

  private final int[] n;
  private final double[] mean;
  private final double[] logMean;
  // Σ ln of the single values, for the likelihood of all of them; else empty.
  private final double[] logSum;

  private SpendFit(int[] n, double[] mean, double[] logSum) {
    int[] usable = IntStream.range(0, n.length).filter(i -> n[i] > 0 && mean[i] > 0).toArray();
    this.n = Arrays.stream(usable).map(i -> n[i]).toArray();
    this.mean = Arrays.stream(usable).mapToDouble(i -> mean[i]).toArray();
    this.logMean = Arrays.stream(this.mean).map(Math::log).toArray();
    this.logSum =
        logSum.length == 0 ? logSum : Arrays.stream(usable).mapToDouble(i -> logSum[i]).toArray();
  }

  /// A fitted spend model: the covariance is that of (ln p, ln q, ln γ), or of (ln p, ln(q − 1), ln
  /// γ) where a prior was used.
  public record Fitted<M extends SpendModel>(
      M model, Covariance covariance, double logLikelihood, int customers) {}

  /// Maximum likelihood on the customers with a positive mean value, as published: from numbers and
  /// means of purchases.
  public static Fitted<GammaGamma> likeliest(int[] n, double[] mean) {
    SpendFit fit = new SpendFit(n, mean, new double[0]);
    return fit.fit(
        logs -> new GammaGamma(Math.exp(logs[0]), Math.exp(logs[1]), Math.exp(logs[2])),
        logs -> 0,
        new double[] {
          Math.log(CENTRE_P), Math.log(3.5), Math.log(CENTRE_Q_ABOVE_ONE / CENTRE_P * fit.centre())
        });
  }

  /// Maximum a posteriori on all single values, which `logSum` (Σ ln of each customer's positive
  /// values) and the means are sufficient for: the spread between one customer's own purchases
  /// decides p, and with it how wide intervals are. Means alone tell it only by way of n, badly. p
  /// and q − 1 within a factor of 2.7 of 4 and 2.5 (one standard deviation), the mean value free
  /// within a factor of 20 of `typicalMinor`.
  static Fitted<GammaGamma> probable(int[] n, double[] mean, double[] logSum, double typicalMinor) {
    SpendFit fit = new SpendFit(n, mean, logSum);
    double centre = Math.log(CENTRE_Q_ABOVE_ONE / CENTRE_P * typicalMinor);
    return fit.fit(
        logs -> new GammaGamma(Math.exp(logs[0]), 1 + Math.exp(logs[1]), Math.exp(logs[2])),
        logs ->
            0.5
                * (square(logs[0] - Math.log(CENTRE_P))
                    + square(logs[1] - Math.log(CENTRE_Q_ABOVE_ONE))
                    + square((logs[2] - centre) / 3)),
        new double[] {
          Math.log(CENTRE_P),
          Math.log(CENTRE_Q_ABOVE_ONE),
          Math.log(CENTRE_Q_ABOVE_ONE / CENTRE_P * fit.centre(typicalMinor))
        });
  }

  /// Whichever of [GammaGamma] and [LogNormalSpend] gives all single values the higher likelihood;
  /// both have three parameters.
  static Fitted<? extends SpendModel> better(PaidValues values, double typicalMinor) {
    Fitted<GammaGamma> gamma = gammaGamma(values, typicalMinor);
    Fitted<LogNormalSpend> normal = logNormal(values, typicalMinor);
    return normal.logLikelihood() > gamma.logLikelihood() ? normal : gamma;
  }

  /// The better of both with the dependence of value on frequency that the values show; empty where
  /// they do not show one for sure.
  static Optional<Fitted<SpendByFrequency>> byFrequency(
      Origin at, PurchaseModel purchases, double typicalMinor) {
    FrequencyDependence dependence = dependence(at, purchases, typicalMinor);
    if (!dependence.isSure()) {
      return Optional.empty();
    }
    Fitted<? extends SpendModel> base = better(PaidValues.without(dependence, at), typicalMinor);
    return Optional.of(
        new Fitted<>(
            new SpendByFrequency(base.model(), dependence),
            base.covariance(),
            base.logLikelihood(),
            base.customers()));
  }

  private static FrequencyDependence dependence(
      Origin at, PurchaseModel purchases, double typicalMinor) {
    return FrequencyDependence.of(at, purchases, logNormal(at.paid, typicalMinor).model());
  }

  private static Fitted<GammaGamma> gammaGamma(PaidValues values, double typicalMinor) {
    return probable(values.n, values.means(), values.logSum, typicalMinor);
  }

  private static Fitted<LogNormalSpend> logNormal(PaidValues values, double typicalMinor) {
    return LogNormalFit.probable(values.n, values.logSum, values.logSquares, typicalMinor);
  }

  /// The log-likelihoods of both models for all single values known by a day, under the weak
  /// priors, and how the values go with the frequency.
  public record Comparison(double gammaGamma, double logNormal, FrequencyDependence dependence) {
    /// The label of the model that would serve.
    public String better() {
      return logNormal > gammaGamma ? LogNormalSpend.LABEL : GammaGamma.LABEL;
    }
  }

  /// `family`: of the purchase model that tells the customers' rates.
  public static Comparison compare(Panel panel, int day, int scale, Family family) {
    Origin at = Origin.of(panel, day, 1);
    PaidValues values = at.paid;
    double typical = TYPICAL_UNITS * Math.pow(10, scale);
    return new Comparison(
        gammaGamma(values, typical).logLikelihood(),
        logNormal(values, typical).logLikelihood(),
        dependence(at, PurchaseFit.probable(family, at.x, at.recency, at.age).model(), typical));
  }

  /// The model at the centre of the prior.
  static GammaGamma prior(double typicalMinor) {
    return new GammaGamma(
        CENTRE_P, 1 + CENTRE_Q_ABOVE_ONE, typicalMinor * CENTRE_Q_ABOVE_ONE / CENTRE_P);
  }

  static Covariance priorSpread() {
    return Covariance.ofHessian(Reals.of(1, 0, 0, 0, 1, 0, 0, 0, 1.0 / 9));
  }

  private Fitted<GammaGamma> fit(
      Function<double[], GammaGamma> model, Objective penalty, double[] start) {
    Objective objective =
        logs -> {
          double value = -logLikelihood(model.apply(logs)) + penalty.at(logs);
          return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
        };
    Minimum minimum = Newton.minimise(objective, start, 30, 1e-12);
    GammaGamma best = model.apply(minimum.point().toArray());
    return new Fitted<>(
        best, Covariance.ofHessian(minimum.hessian()), logLikelihood(best), n.length);
  }

  private double logLikelihood(GammaGamma m) {
    int most = Arrays.stream(n).max().orElse(0);
    double[] constant = new double[most + 1];
    boolean[] isUsed = new boolean[most + 1];
    for (int count : n) {
      isUsed[count] = true;
    }
    boolean isSingle = logSum.length > 0;
    for (int i = 1; i <= most; i++) {
      if (isUsed[i]) {
        constant[i] =
            Special.logGamma(m.p() * i + m.q())
                - (isSingle ? i * Special.logGamma(m.p()) : Special.logGamma(m.p() * i))
                - Special.logGamma(m.q())
                + m.q() * Math.log(m.gamma())
                + (isSingle ? 0 : m.p() * i * Math.log(i));
      }
    }
    double[] sums =
        IntStream.range(0, (n.length + BLOCK - 1) / BLOCK)
            .parallel()
            .mapToDouble(
                block -> {
                  int end = Math.min(n.length, (block + 1) * BLOCK);
                  double sum = 0;
                  for (int i = block * BLOCK; i < end; i++) {
                    sum +=
                        constant[n[i]]
                            + (isSingle ? (m.p() - 1) * logSum[i] : (m.p() * n[i] - 1) * logMean[i])
                            - (m.p() * n[i] + m.q()) * Math.log(m.gamma() + n[i] * mean[i]);
                  }
                  return sum;
                })
            .toArray();
    return Arrays.stream(sums).reduce(0, Double::sum);
  }

  private double centre() {
    return centre(1);
  }

  private double centre(double otherwise) {
    return mean.length == 0 ? otherwise : Math.exp(Arrays.stream(logMean).sum() / logMean.length);
  }

  private static double square(double x) {
    return x * x;
  }
}
