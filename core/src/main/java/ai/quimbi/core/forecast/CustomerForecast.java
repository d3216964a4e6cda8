package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.stats.Special;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What is forecast of one customer on one day. All that is asked of it reads the same traits and
/// the same [Outlook], which are worked out once. The reasons of a score are [Churn]'s, the
/// interval of a value is [LifetimeValue]'s.
public final class CustomerForecast {
  private final Traits traits;
  private final ForecastModel model;
  // Of who never bought there is none: the population answers.
  private final @Nullable Outlook outlook;

  CustomerForecast(Traits traits, ForecastModel model) {
    this.traits = traits;
    this.model = model;
    this.outlook = traits.summary().hasPurchases() ? Outlook.of(traits, model) : null;
  }

  public static CustomerForecast of(Profile profile, ForecastModel model, int today) {
    return new CustomerForecast(Traits.of(profile, model, today), model);
  }

  /// [Churn#score] without its reasons, for lists and passes over everyone.
  public double churn() {
    return outlook == null
        ? Churn.ofPopulation(model)
        : Churn.round(Special.logistic(-outlook.logitServed()));
  }

  /// The probability that the customer buys nothing within the next 365 days, whatever the tenant's
  /// own horizon: churn as companies are compared by it. Empty for who never bought.
  public OptionalDouble churnWithinYear() {
    return outlook == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Churn.round(1 - outlook.pBuy(traits.summary(), model, Traits.YEAR)));
  }

  /// [LifetimeValue#forecast] without the interval's simulation, in the tenant's currency. Throws
  /// where the months are not 1 to 60.
  public BigDecimal value(int horizonMonths) {
    return LifetimeValue.money(meanNetMinor(LifetimeValue.days(horizonMonths)), model);
  }

  /// Empty for customers without purchases and where the probability is below 5 %: a date would
  /// then promise what is not expected.
  public Optional<NextPurchase> nextPurchase() {
    return outlook == null
        ? Optional.empty()
        : NextPurchase.of(outlook.within(traits.summary(), model));
  }

  double meanNetMinor(double days) {
    return purchases(days) * LifetimeValue.valuePerPurchase(traits.summary(), model);
  }

  /// The expected purchases within `days`. Someone who never bought is forecast as a customer who
  /// just made a first purchase would be.
  double purchases(double days) {
    Summary s = traits.summary();
    return outlook == null
        ? model.purchases().expectedNew(days) * model.adjustment().level()
        : model.purchases().expected(s.frequency(), s.recency(), s.age(), days)
            * outlook.expectedFactor();
  }
}
