package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.stats.Quantiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What today's customers of a tenant will spend together within the next months, net, with a 95 %
/// interval. Customers yet to be won are not in it.
///
/// Single customers' luck averages out, the period's own error does not: it is shared by all, and
/// from a few hundred customers on it is what the interval consists of.
public record Revenue(
    int horizonMonths,
    int customers,
    BigDecimal expected,
    BigDecimal lower,
    BigDecimal upper,
    boolean isCalibrated) {

  private static final int SAMPLE = 512;

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
      sum +=
          LifetimeValue.expectedPurchases(traits, model, days)
              * LifetimeValue.valuePerPurchase(traits.summary(), model);
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
    double spread = spread(model.adjustment(), days, sum > 0 ? ownVariance / (sum * sum) : 0);
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
