package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.events.Scores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// Where a customer's churn risk stands among those of the tenant's customers, from their scores.
final class RiskRanks {
  private final Scoreboard scoreboard;
  private final Scores scores;
  private final Cache<String, Ranks> ranks = Caffeine.newBuilder().maximumSize(1_000).build();

  RiskRanks(Scoreboard scoreboard, Scores scores) {
    this.scoreboard = scoreboard;
    this.scores = scores;
  }

  // `below[r]`: customers whose risk is less than r ten-thousandths; the last is all of them.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or prints it
  private record Ranks(long edition, long... below) {}

  /// The share of the tenant's customers at lower risk, in percent with one decimal. Empty while
  /// nobody has been scored for the subject's day by its models.
  Optional<BigDecimal> percentile(Subject subject, double risk) {
    Optional<Scoreboard.Standing> standing = scoreboard.standing(subject.tenant());
    if (standing.isEmpty()
        || standing.get().day() != subject.today()
        || !standing.get().version().equals(subject.models().version())) {
      return Optional.empty();
    }
    long[] below = ranks(subject.tenant(), standing.get().edition());
    long customers = below[below.length - 1];
    if (customers == 0) {
      return Optional.empty();
    }
    double share = (double) below[(int) Math.round(risk * 10_000)] / (double) customers;
    return Optional.of(BigDecimal.valueOf(100 * share).setScale(1, RoundingMode.HALF_EVEN));
  }

  private long[] ranks(Tenant tenant, long edition) {
    Ranks there = ranks.getIfPresent(tenant.id());
    if (there == null || there.edition() != edition) {
      long[] counts = scores.churnRisks(tenant);
      long[] below = new long[counts.length + 1];
      for (int i = 0; i < counts.length; i++) {
        below[i + 1] = below[i] + counts[i];
      }
      there = new Ranks(edition, below);
      ranks.put(tenant.id(), there);
    }
    return there.below();
  }
}
