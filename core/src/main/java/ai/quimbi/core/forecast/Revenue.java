package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Quantiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What today's customers of a tenant will spend together within the next months, net, with a 95 %
/// interval. Customers yet to be won are not in it.
///
/// Single customers' luck averages out. What does not is shared by all: the error of the parameters
/// and the period's own, and from a few hundred customers on the interval consists of these.
public record Revenue(
    int horizonMonths,
    int customers,
    BigDecimal expected,
    BigDecimal lower,
    BigDecimal upper,
    boolean isCalibrated) {

  private static final int SAMPLE = 512;
  private static final int PARAMETER_DRAWS = 40;
  private static final int PARAMETER_SAMPLE = 64;
  // Any fixed number, so that the answer can be repeated.
  private static final long SEED = 20_260_607;

  /// `profiles` in a fixed order (say by id): the same customers in the same order give the same
  /// bytes.
  public static Revenue of(
      Iterable<Profile> profiles, ForecastModel model, int today, int horizonMonths) {
    double days = LifetimeValue.days(horizonMonths);
    double sum = 0;
    int customers = 0;
    List<Traits> sample = new ArrayList<>();
    int stride = 1;
    for (Profile profile : profiles) {
      Traits traits = Traits.of(profile, model, today);
      if (!traits.summary().hasPurchases()) {
        continue;
      }
      sum += new CustomerForecast(traits, model).meanNetMinor(days);
      if (customers % stride == 0) {
        sample.add(traits);
        if (sample.size() > SAMPLE) {
          thin(sample);
          stride *= 2;
        }
      }
      customers++;
    }
    double ownVariance = 0;
    for (int i = 0; i < sample.size(); i++) {
      ownVariance += variance(PredictiveSpend.draws(sample.get(i), model, days, i));
    }
    ownVariance *= sample.isEmpty() ? 0 : (double) customers / sample.size();
    double own = sum > 0 ? ownVariance / (sum * sum) : 0;
    double spread = spread(model.adjustment(), days, own + ofParameters(sample, model, days));
    return new Revenue(
        horizonMonths,
        customers,
        LifetimeValue.money(sum, model),
        LifetimeValue.money(sum * Math.exp(-spread), model),
        LifetimeValue.money(sum * Math.exp(spread), model),
        days <= model.adjustment().checkedDays());
  }

  /// Half the width of the interval, in logarithms: few periods were seen, hence Student's t.
  static double spread(Adjustment adjustment, double days, double relativeVariance) {
    double period = adjustment.periodSpread(days);
    return Quantiles.student975(adjustment.period().freedom())
        * Math.sqrt(period * period + relativeVariance);
  }

  // The relative variance that the sum has because the parameters are estimates: all customers'
  // forecasts move together when they are drawn anew. A sample of customers shows how far.
  private static double ofParameters(List<Traits> sample, ForecastModel model, double days) {
    int stride = Math.max(1, sample.size() / PARAMETER_SAMPLE);
    Chance chance = new Chance(SEED);
    double[] logs = new double[PARAMETER_DRAWS];
    for (int draw = 0; draw < logs.length; draw++) {
      PurchaseModel purchases = PredictiveSpend.deviating(model, chance);
      double asDrawn = 0;
      double asFitted = 0;
      for (int i = 0; i < sample.size(); i += stride) {
        Summary s = sample.get(i).summary();
        double value = model.spend().expected(s.purchases(), s.netMinor(), s.age());
        int x = s.frequency();
        asDrawn += value * purchases.expected(x, s.recency(), s.age(), days);
        asFitted += value * model.purchases().expected(x, s.recency(), s.age(), days);
      }
      logs[draw] = asDrawn > 0 && asFitted > 0 ? Math.log(asDrawn / asFitted) : 0;
    }
    return variance(logs);
  }

  private static void thin(List<Traits> sample) {
    List<Traits> half = new ArrayList<>();
    for (int i = 0; i < sample.size(); i += 2) {
      half.add(sample.get(i));
    }
    sample.clear();
    sample.addAll(half);
  }

  private static double variance(double[] draws) {
    double mean = 0;
    for (double draw : draws) {
      mean += draw / draws.length;
    }
    double squares = 0;
    for (double draw : draws) {
      squares += (draw - mean) * (draw - mean);
    }
    return squares / draws.length;
  }
}
