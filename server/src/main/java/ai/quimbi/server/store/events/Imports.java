package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.core.customer.RatedOrder;
import ai.quimbi.server.store.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Stores many orders: chunk by chunk, each chunk for good, and the touched profiles once at the
/// end.
///
/// A chunk marks its customers' profiles as stale in its own transaction. Readers add up stale
/// profiles from the orders, so nothing that is read is wrong at any moment; [#settle] stores them.
/// A killed import is resumed by running it again: what is stored already is a duplicate.
public final class Imports {
  /// Customers that are added up in one transaction.
  private static final int PAGE = 1_000;

  private final Databases databases;
  private final Orders orders;

  public Imports(Databases databases) {
    this.databases = databases;
    this.orders = new Orders(databases);
  }

  /// Stores the good rows of one chunk; 5,000 to 20,000 rows are a good size. Call [#settle] after
  /// the last.
  public Ingestion.Done chunk(
      Tenant tenant, List<Order> rows, Instant receivedAt, RateLookup rates) {
    Ingestion outcome =
        orders.store(tenant, rows, receivedAt, OnError.CONTINUE, rates, new StaleMarks());
    return switch (outcome) {
      case Ingestion.Done done -> done;
      case Ingestion.Refused refused ->
          throw new IllegalStateException("a chunk is never refused as a whole: " + refused);
    };
  }

  /// What a stored chunk came to.
  public record Chunk(List<Order> rows, Ingestion.Done outcome) {}

  /// Stores chunk after chunk in their order and hands over what each came to, while the caller's
  /// thread already reads the next: reading and storing share two processors. Call [#settle] then.
  public void chunks(
      Tenant tenant,
      Iterator<List<Order>> chunks,
      Instant receivedAt,
      RateLookup rates,
      Consumer<Chunk> stored) {
    try (ExecutorService storing =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
      Future<Chunk> running = null;
      while (chunks.hasNext()) {
        List<Order> rows = chunks.next();
        Future<Chunk> next =
            storing.submit(() -> new Chunk(rows, chunk(tenant, rows, receivedAt, rates)));
        if (running != null) {
          stored.accept(await(running));
        }
        running = next;
      }
      if (running != null) {
        stored.accept(await(running));
      }
    }
  }

  private static Chunk await(Future<Chunk> chunk) {
    try {
      return chunk.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the import was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a chunk could not be stored", e);
    }
  }

  /// Adds up and stores all stale profiles, of this import and of those that were killed.
  /// `progress` hears how many are done. Returns how many there were.
  public long settle(Tenant tenant, Instant now, LongConsumer progress) {
    Ledger ledger = Orders.ledger(tenant);
    long done = 0;
    while (true) {
      int page =
          databases.inTransaction(
              tenant.id(), Jdbc.of(connection -> settlePage(connection, ledger, now)));
      if (page == 0) {
        return done;
      }
      done += page;
      progress.accept(done);
    }
  }

  // The profiles are locked first and the events read then, in a later statement: so the events of
  // every transaction that held one of the locks are seen.
  private static int settlePage(Connection connection, Ledger ledger, Instant now)
      throws SQLException {
    ProfileRows rows = new ProfileRows(connection);
    rows.keepFromMarking();
    List<String> stale = rows.lockStale(PAGE);
    NavigableMap<String, ProfileSum> sums = new TreeMap<>();
    stale.forEach(customer -> sums.put(customer, new ProfileSum(ledger)));
    addOrders(connection, stale, sums);
    addInteractions(connection, stale, sums);
    List<ProfileRows.Row> profiles = new ArrayList<>(stale.size());
    sums.forEach(
        (customer, sum) ->
            profiles.add(new ProfileRows.Row(customer, ProfileCodec.encode(sum.toProfile()))));
    rows.update(profiles, now);
    return stale.size();
  }

  private static void addOrders(
      Connection connection, List<String> customers, NavigableMap<String, ProfileSum> sums)
      throws SQLException {
    String sql =
        """
        SELECT source, order_id, customer_id, content, rate FROM app.orders
         WHERE customer_id = ANY (?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(5_000);
      select.setArray(1, Columns.texts(connection, customers, id -> id));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          RatedOrder rated = OrderRows.rated(row);
          ProfileSum sum = sums.get(rated.order().customerId());
          if (sum != null) {
            sum.add(rated);
          }
        }
      }
    }
  }

  private static void addInteractions(
      Connection connection, List<String> customers, NavigableMap<String, ProfileSum> sums)
      throws SQLException {
    String sql =
        """
        SELECT source, identity, customer_id, type, channel, at, metadata FROM app.interactions
         WHERE customer_id = ANY (?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(5_000);
      select.setArray(1, Columns.texts(connection, customers, id -> id));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          var interaction = InteractionRows.interaction(row);
          ProfileSum sum = sums.get(interaction.customerId());
          if (sum != null) {
            sum.add(interaction);
          }
        }
      }
    }
  }
}
