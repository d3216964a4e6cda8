package ai.quimbi.core.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Chooses the purchase model: the one whose fits at earlier origins gave what followed the highest
/// probability. Without an earlier origin, the one with the lowest Schwarz criterion.
record Selection(Family family, Map<Family, Double> scores) {

  static Selection of(List<Origin> origins, Origin now, Fits fits) {
    Map<Family, Double> scores = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      double score = 0;
      for (Origin origin : origins) {
        score += origin.logScore(fits.of(family, origin).model());
      }
      if (origins.isEmpty()) {
        score = -fits.of(family, now).bic() / 2;
      }
      scores.put(family, Double.isFinite(score) ? score : Double.NEGATIVE_INFINITY);
    }
    Family best =
        Arrays.stream(Family.values())
            .max(Comparator.comparingDouble(family -> scores.getOrDefault(family, 0.0)))
            .orElseThrow();
    return new Selection(best, scores);
  }

  /// Fits under the priors, each made once. Each family's search begins where its last one ended:
  /// origins of one shop differ little.
  static final class Fits {
    private final Map<Family, PurchaseModel> last = new EnumMap<>(Family.class);
    private final IdentityHashMap<Origin, Map<Family, Estimate>> made = new IdentityHashMap<>();

    Estimate of(Family family, Origin origin) {
      return made.computeIfAbsent(origin, o -> new EnumMap<>(Family.class))
          .computeIfAbsent(family, f -> fit(f, origin));
    }

    private Estimate fit(Family family, Origin origin) {
      PurchaseModel begin = last.get(family);
      Estimate found =
          begin == null
              ? PurchaseFit.probable(family, origin.x, origin.recency, origin.age)
              : PurchaseFit.probable(begin, origin.x, origin.recency, origin.age);
      // From the edge of a degenerate fit there is no good way on.
      if (found.degeneracy().isEmpty()) {
        last.put(family, found.model());
      }
      return found;
    }
  }
}
