package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Behaviour;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.forecast.Churn;
import ai.quimbi.core.forecast.LifetimeValue;
import ai.quimbi.server.http.ApiError;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the scores of a tenant's customers in step with their events, the tenant's models and its
/// current day. Whoever reads scores asks here first; only what has changed is scored anew.
public final class Scoreboard {
  private static final int YEAR_MONTHS = 12;
  private static final int PAGE = 2_000;
  // More than this is not scored while a caller waits.
  private static final int AT_ONCE = 20_000;
  private static final Duration FIRST_PASS_PATIENCE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Scoreboard.class);
  // An event takes its number before it can be seen. No request lives longer than this.
  private static final Duration UNSEEN_AT_MOST = Duration.ofMinutes(2);
  // Spend a year is not told from less than this much of one.
  private static final double LEAST_DAYS = 90;

  private final Scores scores;
  private final Snapshots snapshots;
  private final ModelShelf shelf;
  private final int atOnce;
  private final Map<String, Board> boards = new ConcurrentHashMap<>();

  public Scoreboard(Scores scores, Snapshots snapshots, ModelShelf shelf) {
    this(scores, snapshots, shelf, AT_ONCE);
  }

  /// `atOnce`: how many customers, in whole pages, are scored while a caller waits.
  public Scoreboard(Scores scores, Snapshots snapshots, ModelShelf shelf, int atOnce) {
    this.atOnce = atOnce;
    this.scores = scores;
    this.snapshots = snapshots;
    this.shelf = shelf;
  }

  /// The scores as they are now. `edition` changes whenever any of them does.
  public record Standing(TenantModels models, int day, long edition) {}

  // What a tenant's scores were last brought to, and when that was first seen.
  private static final class Board {
    final ReentrantLock lock = new ReentrantLock(true);
    @Nullable Standing standing;
    Scores.Tide tide = new Scores.Tide(-1, true);
    Instant since = Instant.MAX;
    boolean isBusy;
  }

  /// Brings the tenant's scores up to date and says what they are of. Where very many are due, the
  /// rest is done beside the requests: meanwhile the former standing holds, and where there is none
  /// yet, this is 503.
  public Standing upToDate(Tenant tenant, Instant now) {
    Board board = boards.computeIfAbsent(tenant.id(), id -> new Board());
    board.lock.lock();
    try {
      TenantModels models = shelf.of(tenant);
      int day = ModelShelf.ledgerOf(tenant).dayOf(now);
      Scores.Tide tide = scores.tide(tenant);
      Standing before = board.standing;
      boolean isSame =
          before != null
              && before.day() == day
              && before.models().version().equals(models.version())
              && board.tide.equals(tide);
      if (!isSame) {
        board.since = now;
      }
      if (before != null
          && isSame
          && !tide.isImporting()
          && now.isAfter(board.since.plus(UNSEEN_AT_MOST))) {
        return before;
      }
      if (!board.isBusy) {
        Pass pass = scoreWhatIsDue(tenant, models, day, "", atOnce);
        if (pass.isDone()) {
          return settle(board, models, day, tide, pass.hasChanged());
        }
        board.isBusy = true;
        Thread.ofVirtual()
            .name("scores of " + tenant.id())
            .start(() -> finish(board, tenant, models, day, tide, pass.after()));
      }
      if (before == null) {
        throw ApiError.unavailable(
            "The customers are being scored for the first time.", FIRST_PASS_PATIENCE);
      }
      return before;
    } finally {
      board.lock.unlock();
    }
  }

  private void finish(
      Board board, Tenant tenant, TenantModels models, int day, Scores.Tide tide, String after) {
    boolean isDone = false;
    try {
      scoreWhatIsDue(tenant, models, day, after, Integer.MAX_VALUE);
      isDone = true;
    } catch (RuntimeException e) {
      // What was scored stays; the next reader goes on from there.
      LOG.warn("scoring {} broke off: {}", tenant.id(), e.getClass().getSimpleName());
    } finally {
      board.lock.lock();
      try {
        board.isBusy = false;
        if (isDone) {
          settle(board, models, day, tide, true);
        }
      } finally {
        board.lock.unlock();
      }
    }
  }

  private static Standing settle(
      Board board, TenantModels models, int day, Scores.Tide tide, boolean hasChanged) {
    Standing before = board.standing;
    long edition = before == null ? 1 : before.edition() + (hasChanged ? 1 : 0);
    Standing now = new Standing(models, day, edition);
    board.standing = now;
    board.tide = tide;
    return now;
  }

  // How far a pass over the customers came.
  private record Pass(boolean isDone, boolean hasChanged, String after) {}

  private Pass scoreWhatIsDue(
      Tenant tenant, TenantModels models, int day, String from, int atMost) {
    String after = from;
    for (int scored = 0; scored < atMost; ) {
      List<Scores.Due> page = scores.due(tenant, day, models.version(), after, PAGE);
      if (page.isEmpty()) {
        return new Pass(true, scored > 0, after);
      }
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
      scored += page.size();
      after = page.getLast().customerId();
      if (page.size() < PAGE) {
        return new Pass(true, true, after);
      }
    }
    return new Pass(false, true, after);
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
