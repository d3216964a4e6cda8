package ai.quimbi.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// A small pool of connections for each tenant in use, made when first wanted. Over all of them the
/// number of open connections is bounded: who needs one more closes those of the tenants that were
/// not heard of for the longest time.
final class Pools implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Function<String, DatabaseUrl> address;
  private final int perTenant;
  private final int openAtMost;
  private final Duration patience;

  /// One housekeeper for all pools; by itself each would have a thread.
  private final ScheduledExecutorService housekeeper =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("pools").unstarted(task));

  /// In the order of their last use, the oldest first.
  private final LinkedHashMap<String, Pool> open = new LinkedHashMap<>(16, 0.75f, true);

  /// `connections` bounds the open ones strictly: `permits` of them may be on their way at any
  /// moment, so room is made before that many are left.
  Pools(
      Function<String, DatabaseUrl> address,
      int perTenant,
      int connections,
      int permits,
      Duration patience) {
    this.address = address;
    this.perTenant = perTenant;
    this.openAtMost = Math.max(1, connections - permits);
    this.patience = patience;
  }

  /// The tenant's pool, which is not evicted before the lease is closed.
  Lease lease(String tenantId) {
    Pool pool = take(tenantId, null);
    if (pool == null) {
      DatabaseUrl url = address.apply(tenantId); // a query: not while others wait for the lock
      pool = take(tenantId, url);
    }
    if (pool == null) {
      throw new IllegalStateException("a pool with an address is made");
    }
    return new Lease(pool);
  }

  private @Nullable Pool take(String tenantId, @Nullable DatabaseUrl url) {
    List<Pool> evicted = new ArrayList<>();
    Pool pool;
    synchronized (this) {
      pool = open.get(tenantId);
      if (pool == null && url != null) {
        pool = new Pool(source("tenant " + tenantId, url, perTenant, patience, housekeeper));
        open.put(tenantId, pool);
      }
      if (pool != null) {
        pool.users.incrementAndGet();
        makeRoomBeside(pool, evicted);
      }
    }
    evicted.forEach(Pool::close);
    return pool;
  }

  /// Unused pools go first, whole; then what lies idle in the used ones.
  private void makeRoomBeside(Pool wanted, List<Pool> evicted) {
    if (wanted.idle() > 0) {
      return; // it needs no new connection
    }
    int total = open.values().stream().mapToInt(Pool::connections).sum();
    var eldest = open.entrySet().iterator();
    while (total >= openAtMost && eldest.hasNext()) {
      Map.Entry<String, Pool> entry = eldest.next();
      if (entry.getValue().users.get() == 0) {
        total -= entry.getValue().connections();
        evicted.add(entry.getValue());
        eldest.remove();
      }
    }
    for (Pool other : open.values()) {
      if (total >= openAtMost && other != wanted && other.idle() > 0) {
        total -= other.idle();
        other.source.getHikariPoolMXBean().softEvictConnections();
      }
    }
  }

  /// Closes the tenant's pool: its database is going or has moved.
  void forget(String tenantId) {
    Pool pool;
    synchronized (this) {
      pool = open.remove(tenantId);
    }
    if (pool != null) {
      pool.close();
    }
  }

  /// How many connections are open now.
  synchronized int connections() {
    return open.values().stream().mapToInt(Pool::connections).sum();
  }

  @Override
  public void close() {
    List<Pool> all;
    synchronized (this) {
      all = List.copyOf(open.values());
      open.clear();
    }
    all.forEach(Pool::close);
    housekeeper.shutdownNow();
  }

  /// A pool that opens nothing before it is asked and keeps nothing for long.
  static HikariDataSource source(
      String name,
      DatabaseUrl url,
      int size,
      Duration patience,
      @Nullable ScheduledExecutorService housekeeper) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.addDataSourceProperty("ApplicationName", "quimbi");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // An error's detail repeats the row, and errors reach logs.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(Math.max(250, patience.toMillis()));
    config.setInitializationFailTimeout(-1);
    if (housekeeper != null) {
      config.setScheduledExecutor(housekeeper);
    }
    return new HikariDataSource(config);
  }

  static void renew(HikariDataSource source) {
    HikariPoolMXBean state = source.getHikariPoolMXBean();
    if (state != null) {
      state.softEvictConnections();
    }
  }

  /// A pool and how many are using it now.
  private static final class Pool {
    private final HikariDataSource source;
    private final Jdbi jdbi;
    private final AtomicInteger users = new AtomicInteger();

    private Pool(HikariDataSource source) {
      this.source = source;
      this.jdbi = Databases.taught(Jdbi.create(source));
    }

    private int connections() {
      HikariPoolMXBean state = source.getHikariPoolMXBean();
      return state == null ? 0 : state.getTotalConnections();
    }

    private int idle() {
      HikariPoolMXBean state = source.getHikariPoolMXBean();
      return state == null ? 0 : state.getIdleConnections();
    }

    private void close() {
      source.close();
    }
  }

  /// The use of a tenant's pool, until closed.
  static final class Lease implements AutoCloseable {
    private final Pool pool;

    private Lease(Pool pool) {
      this.pool = pool;
    }

    Jdbi jdbi() {
      return pool.jdbi;
    }

    /// The next callers get new connections.
    void renew() {
      Pools.renew(pool.source);
    }

    @Override
    public void close() {
      pool.users.decrementAndGet();
    }
  }
}
