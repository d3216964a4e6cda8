package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Behaviour;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.forecast.Churn;
import ai.quimbi.core.forecast.LifetimeValue;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps the scores of a tenant's customers in step with their events, the tenant's models and its
/// current day. Whoever reads scores asks here first; only what has changed is scored anew.
public final class Scoreboard {
  private static final int YEAR_MONTHS = 12;
  private static final int PAGE = 2_000;
  // An event takes its number before it can be seen. No request lives longer than this.
  private static final Duration UNSEEN_AT_MOST = Duration.ofMinutes(2);
  // Spend a year is not told from less than this much of one.
  private static final double LEAST_DAYS = 90;

  private final Scores scores;
  private final Snapshots snapshots;
  private final ModelShelf shelf;
  private final Map<String, Board> boards = new ConcurrentHashMap<>();

  public Scoreboard(Scores scores, Snapshots snapshots, ModelShelf shelf) {
    this.scores = scores;
    this.snapshots = snapshots;
    this.shelf = shelf;
  }

  /// The scores as they are now. `edition` changes whenever any of them does.
  public record Standing(TenantModels models, int day, long edition) {}

  // What a tenant's scores were last brought to, and when that was first seen.
  private static final class Board {
    final ReentrantLock lock = new ReentrantLock(true);
    Standing standing = new Standing(TenantModels.shipped(ledgerOfNobody()), Integer.MIN_VALUE, 0);
    Scores.Tide tide = new Scores.Tide(-1, true);
    Instant since = Instant.MAX;

    private static Ledger ledgerOfNobody() {
      return new Ledger(java.time.ZoneOffset.UTC, java.util.Currency.getInstance("USD"));
    }
  }

  /// Brings the tenant's scores up to date and says what they are of.
  public Standing upToDate(Tenant tenant, Instant now) {
    Board board = boards.computeIfAbsent(tenant.id(), id -> new Board());
    board.lock.lock();
    try {
      TenantModels models = shelf.of(tenant);
      int day = ModelShelf.ledgerOf(tenant).dayOf(now);
      Scores.Tide tide = scores.tide(tenant);
      boolean isSame =
          board.standing.day() == day
              && board.standing.models().version().equals(models.version())
              && board.tide.equals(tide);
      if (!isSame) {
        board.since = now;
      }
      boolean isSettled =
          isSame && !tide.isImporting() && now.isAfter(board.since.plus(UNSEEN_AT_MOST));
      if (!isSettled) {
        boolean isNew = scoreWhatIsDue(tenant, models, day);
        long edition = board.standing.edition() + (isNew || !isSame ? 1 : 0);
        board.standing = new Standing(models, day, edition);
        board.tide = tide;
      }
      return board.standing;
    } finally {
      board.lock.unlock();
    }
  }

  private boolean scoreWhatIsDue(Tenant tenant, TenantModels models, int day) {
    boolean isNew = false;
    String after = "";
    while (true) {
      List<Scores.Due> page = scores.due(tenant, day, models.version(), after, PAGE);
      List<Scores.Done> done = new ArrayList<>();
      List<String> gone = new ArrayList<>();
      for (Scores.Due due : page) {
        if (due.profile().isEmpty()) {
          gone.add(due.customerId());
        } else {
          Score score = score(due.customerId(), due.profile(), models, day, tenant);
          done.add(new Scores.Done(due.seen(), score));
        }
      }
      if (!done.isEmpty()) {
        scores.put(tenant, day, models.version(), done);
        snapshots.prune(tenant, done.stream().map(d -> d.score().customerId()).toList(), day);
      }
      if (!gone.isEmpty()) {
        scores.drop(tenant, gone);
      }
      isNew |= !page.isEmpty();
      if (page.size() < PAGE) {
        return isNew;
      }
      after = page.getLast().customerId();
    }
  }

  /// What the models say of one customer on a day.
  static Score score(
      String customerId, Profile profile, TenantModels models, int day, Tenant tenant) {
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    Behaviour behaviour = Behaviour.of(profile, models.behaviour(), day);
    BigDecimal yearAhead = LifetimeValue.forecast(profile, models.forecast(), day, YEAR_MONTHS);
    double tenure =
        profile.firstPurchaseDay().isPresent()
            ? Math.max(LEAST_DAYS, (double) day - profile.firstPurchaseDay().getAsInt())
            : LEAST_DAYS;
    return new Score(
        customerId,
        behaviour.memberships(),
        behaviour.confidence(),
        Churn.score(profile, models.forecast(), day),
        ledger.minorOf(yearAhead),
        profile.netMinor(),
        Math.round(profile.netMinor() * 365.25 / tenure));
  }
}
