package ai.quimbi.core.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Chooses the purchase model: the one whose fits at earlier origins gave what followed the highest
/// probability. Without an earlier origin, the one with the lowest Schwarz criterion.
record Selection(Family family, Map<Family, Double> scores) {

  static Selection of(List<Origin> origins, Origin now, Fits fits) {
    Family[] families = Family.values();
    double[] found = new double[families.length];
    Blocks.each(found.length, 1, (k, _) -> found[k] = score(families[k], origins, now, fits));
    Map<Family, Double> scores = new EnumMap<>(Family.class);
    for (int k = 0; k < found.length; k++) {
      scores.put(families[k], Double.isFinite(found[k]) ? found[k] : Double.NEGATIVE_INFINITY);
    }
    Family best =
        Arrays.stream(Family.values())
            .max(Comparator.comparingDouble(family -> scores.getOrDefault(family, 0.0)))
            .orElseThrow();
    return new Selection(best, scores);
  }

  private static double score(Family family, List<Origin> origins, Origin now, Fits fits) {
    if (origins.isEmpty()) {
      return -fits.of(family, now).bic() / 2;
    }
    double score = 0;
    for (Origin origin : origins) {
      score += origin.logScore(fits.of(family, origin).model());
    }
    return score;
  }

  /// Fits under the priors, each made once. Each family's search begins where its last one ended:
  /// origins of one shop differ little.
  static final class Fits {
    private final Map<Family, Chain> chains = new EnumMap<>(Family.class);

    Fits() {
      for (Family family : Family.values()) {
        chains.put(family, new Chain(family));
      }
    }

    boolean areMade(Family family, List<Origin> origins) {
      return Objects.requireNonNull(chains.get(family)).made.keySet().containsAll(origins);
    }

    /// One family's fits are for one thread at a time; several families may be fitted together.
    Estimate of(Family family, Origin origin) {
      return Objects.requireNonNull(chains.get(family)).of(origin);
    }
  }

  private static final class Chain {
    private final Family family;
    private final IdentityHashMap<Origin, Estimate> made = new IdentityHashMap<>();
    private @Nullable PurchaseModel last;

    Chain(Family family) {
      this.family = family;
    }

    Estimate of(Origin origin) {
      return made.computeIfAbsent(origin, this::fit);
    }

    private Estimate fit(Origin origin) {
      Estimate found =
          last == null
              ? PurchaseFit.probable(family, origin.x, origin.recency, origin.age)
              : PurchaseFit.probable(last, origin.x, origin.recency, origin.age);
      // From the edge of a degenerate fit there is no good way on.
      if (found.degeneracy().isEmpty()) {
        last = found.model();
      }
      return found;
    }
  }
}
