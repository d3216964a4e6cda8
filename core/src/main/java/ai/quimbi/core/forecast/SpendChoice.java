package ai.quimbi.core.forecast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which spend model serves an origin: the likelier of the two, and with the dependence of value on
/// frequency only where the values show it for sure and it would have told better what purchases
/// after earlier origins were worth.
final class SpendChoice {
  private final List<Origin> judged;
  private final Function<Origin, PurchaseModel> purchases;
  private final double typicalMinor;
  private final Map<Origin, Candidates> candidates = new HashMap<>();

  /// `judged`: origins whose periods do not overlap; `purchases`: the model fitted at an origin.
  /// `typicalMinor` is the centre of the prior.
  SpendChoice(List<Origin> judged, Function<Origin, PurchaseModel> purchases, double typicalMinor) {
    this.judged = judged;
    this.purchases = purchases;
    this.typicalMinor = typicalMinor;
  }

  private record Candidates(
      SpendFit.Fitted<? extends SpendModel> plain,
      Optional<SpendFit.Fitted<SpendByFrequency>> byFrequency) {}

  SpendFit.Fitted<? extends SpendModel> of(Origin at) {
    Candidates own = candidates(at);
    return own.byFrequency().isPresent() && hasHelpedBefore(at.day)
        ? own.byFrequency().get()
        : own.plain();
  }

  /// Fits what may be asked for, several origins at a time.
  void prepare(List<Origin> origins) {
    Candidates[] fitted = new Candidates[origins.size()];
    Blocks.each(fitted.length, 1, (k, _) -> fitted[k] = fit(origins.get(k)));
    for (int k = 0; k < fitted.length; k++) {
      candidates.put(origins.get(k), fitted[k]);
    }
  }

  private Candidates candidates(Origin at) {
    return candidates.computeIfAbsent(at, this::fit);
  }

  private Candidates fit(Origin origin) {
    return new Candidates(
        SpendFit.better(origin.paid, typicalMinor),
        SpendFit.byFrequency(origin, purchases.apply(origin), typicalMinor));
  }

  // By the gamma deviance of what each buyer's purchases came to, in the periods that had ended.
  private boolean hasHelpedBefore(int day) {
    double gain = 0;
    for (Origin past : judged) {
      Candidates there = candidates(past);
      if (past.day + past.horizon <= day && there.byFrequency().isPresent()) {
        gain +=
            deviance(past, there.plain().model())
                - deviance(past, there.byFrequency().get().model());
      }
    }
    return gain > 0;
  }

  private static double deviance(Origin past, SpendModel model) {
    double sum = 0;
    for (int i = 0; i < past.size(); i++) {
      if (past.spend[i] > 0) {
        Summary s = past.traits[i].summary();
        double expected = past.orders[i] * model.expected(s.purchases(), s.netMinor(), s.age());
        double ratio = past.spend[i] / expected;
        sum += past.orders[i] * (ratio - 1 - Math.log(ratio));
      }
    }
    return sum;
  }
}
