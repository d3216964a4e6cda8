package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Behaviour;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.forecast.CustomerForecast;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the scores of a tenant's customers in step with their events, the tenant's models and its
/// current day. Whoever reads scores asks here first; only what has changed is scored anew, and
/// always beside the requests: who asks waits a little, and then takes what there is.
public final class Scoreboard {
  /// An event takes its number before it can be seen. No request lives longer than this.
  static final Duration UNSEEN_AT_MOST = Duration.ofMinutes(2);

  private static final int YEAR_MONTHS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(Scoreboard.class);
  // Spend a year is not told from less than this much of one.
  private static final double LEAST_DAYS = 90;
  // Scores that another process left are taken where hardly anybody is missing.
  private static final double NEARLY_ALL = 0.99;

  private final Scores scores;
  private final Snapshots snapshots;
  private final ModelShelf shelf;
  private final Duration patience;
  private final Map<String, Board> boards = new ConcurrentHashMap<>();

  public Scoreboard(Scores scores, Snapshots snapshots, ModelShelf shelf) {
    this(scores, snapshots, shelf, PATIENCE);
  }

  /// `patience`: how long a caller waits for a pass that is under way.
  public Scoreboard(Scores scores, Snapshots snapshots, ModelShelf shelf, Duration patience) {
    this.scores = scores;
    this.snapshots = snapshots;
    this.shelf = shelf;
    this.patience = patience;
  }

  /// The scores as they are: made for `day` by the models of `version`, but for customers that a
  /// pass under way has brought further. `edition` changes whenever any score does.
  public record Standing(String version, int day, long edition) {}

  // What a tenant's scores were last brought to, when that was first seen, and the pass under way.
  private static final class Board {
    final ReentrantLock lock = new ReentrantLock(true);
    final Condition hasMoved = lock.newCondition();
    volatile @Nullable Standing standing;
    boolean isAdopted;
    Scores.Tide tide = new Scores.Tide(-1, true);
    Instant since = Instant.MAX;
    @Nullable ScoringPass running;
    long begun;
    long ended;
    @Nullable RuntimeException failure;
  }

  /// Brings the tenant's scores up to date and says what they are of. Where that takes longer than
  /// one should wait, the former standing holds meanwhile; where there is none yet, this is 503,
  /// with how far it is.
  public Standing upToDate(Tenant tenant, Instant now) {
    return upToDate(tenant, now, patience, percent -> {});
  }

  /// The same, however long it takes.
  public Standing completely(Tenant tenant, Instant now) {
    return completely(tenant, now, percent -> {});
  }

  /// The same, telling after each page how far it is, in percent below 100.
  public Standing completely(Tenant tenant, Instant now, IntConsumer progress) {
    return upToDate(tenant, now, FOREVER, progress);
  }

  /// Begins with what is due and waits for nothing: after new models everybody is, and whoever asks
  /// for scores next finds them made or on the way.
  public void begin(Tenant tenant, Instant now) {
    try {
      upToDate(tenant, now, Duration.ZERO, percent -> {});
    } catch (ApiError underWay) {
      LOG.debug("{}: {}", tenant.id(), underWay.sentence());
    }
  }

  /// Takes over what another process has scored, for those who do not ask for more.
  public void adopt(Tenant tenant) {
    Board board = boards.computeIfAbsent(tenant.id(), id -> new Board());
    board.lock.lock();
    try {
      adopt(board, tenant);
    } finally {
      board.lock.unlock();
    }
  }

  private Standing upToDate(Tenant tenant, Instant now, Duration atMost, IntConsumer progress) {
    Board board = boards.computeIfAbsent(tenant.id(), id -> new Board());
    TenantModels models = shelf.of(tenant);
    int day = ModelShelf.ledgerOf(tenant).dayOf(now);
    Scores.Tide tide = scores.tide(tenant);
    long deadline = System.nanoTime() + atMost.toNanos();
    board.lock.lock();
    try {
      adopt(board, tenant);
      if (isCurrent(board, models, day, tide, now) && board.standing != null) {
        return board.standing;
      }
      // A pass that had begun before may have missed what this caller knows of.
      long before = board.begun;
      while (board.ended <= before) {
        if (board.running == null) {
          start(board, tenant, models, day, tide);
        }
        long left = deadline - System.nanoTime();
        if (left <= 0 || board.hasMoved.awaitNanos(left) <= 0) {
          return former(board);
        }
        ScoringPass pass = board.running;
        if (pass != null && pass.customers() > 0) {
          progress.accept((int) Math.min(99, 100 * pass.done() / pass.customers()));
        }
      }
      if (board.failure != null) {
        throw board.failure;
      }
      return former(board);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for scores", e);
    } finally {
      board.lock.unlock();
    }
  }

  /// What the scores are of as far as this process knows, without bringing them up to date.
  Optional<Standing> standing(Tenant tenant) {
    Board board = boards.get(tenant.id());
    return board == null ? Optional.empty() : Optional.ofNullable(board.standing);
  }

  /// The pass under way in this process.
  Optional<ScoringPass> running(Tenant tenant) {
    Board board = boards.get(tenant.id());
    return board == null ? Optional.empty() : Optional.ofNullable(board.running);
  }

  // Nothing has arrived since, and nothing that was under way can still appear.
  private static boolean isCurrent(
      Board board, TenantModels models, int day, Scores.Tide tide, Instant now) {
    Standing standing = board.standing;
    boolean isSame =
        standing != null
            && standing.day() == day
            && standing.version().equals(models.version())
            && board.tide.equals(tide);
    if (!isSame) {
      board.since = now;
    }
    return isSame && !tide.isImporting() && now.isAfter(board.since.plus(UNSEEN_AT_MOST));
  }

  private static Standing former(Board board) {
    if (board.standing != null) {
      return board.standing;
    }
    ScoringPass pass = board.running;
    if (pass == null) {
      throw ApiError.unavailable("The customers are not scored yet.", Duration.ofSeconds(1));
    }
    throw ApiError.unavailable(
            "The customers are being scored for the first time: %,d of about %,d are done."
                .formatted(pass.done(), pass.customers()),
            pass.remaining())
        .withDetail("progress", Map.of("scored", pass.done(), "customers", pass.customers()));
  }

  // After a restart the scores of the process before hold until new ones are made.
  private void adopt(Board board, Tenant tenant) {
    if (board.isAdopted) {
      return;
    }
    board.isAdopted = true;
    Scores.State state = scores.state(tenant);
    if (state.scored() > 0 && state.scored() >= NEARLY_ALL * state.customers()) {
      board.standing = new Standing(state.model(), state.day(), 1);
    }
  }

  private void start(Board board, Tenant tenant, TenantModels models, int day, Scores.Tide tide) {
    ScoringPass pass = new ScoringPass(scores, snapshots, tenant, models, day, () -> signal(board));
    board.running = pass;
    board.begun++;
    board.failure = null;
    Thread.ofVirtual()
        .name("scores of " + tenant.id())
        .start(() -> run(board, pass, new Standing(models.version(), day, 0), tide));
  }

  private static void signal(Board board) {
    board.lock.lock();
    try {
      board.hasMoved.signalAll();
    } finally {
      board.lock.unlock();
    }
  }

  private static void run(Board board, ScoringPass pass, Standing target, Scores.Tide tide) {
    RuntimeException failure = null;
    try {
      pass.run();
    } catch (RuntimeException e) {
      // What was scored stays; the next reader goes on from there.
      LOG.warn("scoring {} broke off: {}", pass.tenantId(), e.getClass().getSimpleName());
      failure = e;
    }
    board.lock.lock();
    try {
      Standing before = board.standing;
      if (failure == null) {
        boolean hasChanged = pass.done() > 0;
        long edition = before == null ? 1 : before.edition() + (hasChanged ? 1 : 0);
        board.standing = new Standing(target.version(), target.day(), edition);
        board.tide = tide;
      }
      board.failure = failure;
      board.running = null;
      board.ended = board.begun;
      board.hasMoved.signalAll();
    } finally {
      board.lock.unlock();
    }
  }

  /// What the models say of one customer on a day.
  static Score score(
      String customerId, Profile profile, TenantModels models, int day, Tenant tenant) {
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    Behaviour behaviour = Behaviour.of(profile, models.behaviour(), day);
    CustomerForecast forecast = CustomerForecast.of(profile, models.forecast(), day);
    double tenure =
        profile.firstPurchaseDay().isPresent()
            ? Math.max(LEAST_DAYS, (double) day - profile.firstPurchaseDay().getAsInt())
            : LEAST_DAYS;
    return new Score(
        customerId,
        behaviour.memberships(),
        behaviour.confidence(),
        forecast.churn(),
        forecast.churnWithinYear(),
        ledger.minorOf(forecast.value(YEAR_MONTHS)),
        profile.netMinor(),
        Math.round(profile.netMinor() * 365.25 / tenure));
  }
}
