package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.History;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.RatedOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The statements that read what happened to one customer.
final class HistoryRows {
  private HistoryRows() {}

  static History current(Connection connection, String customerId) throws SQLException {
    String orders =
        """
        SELECT source, order_id, customer_id, content, rate FROM app.orders
         WHERE customer_id = ? ORDER BY ordered_at, source, order_id
        """;
    String interactions =
        """
        SELECT source, identity, customer_id, type, channel, at, metadata FROM app.interactions
         WHERE customer_id = ? ORDER BY at, source, identity
        """;
    try (PreparedStatement selectOrders = connection.prepareStatement(orders);
        PreparedStatement selectInteractions = connection.prepareStatement(interactions)) {
      selectOrders.setString(1, customerId);
      selectInteractions.setString(1, customerId);
      return new History(customerId, orders(selectOrders), interactions(selectInteractions));
    }
  }

  /// The same of several customers at once.
  static SortedMap<String, History> current(Connection connection, Collection<String> ids)
      throws SQLException {
    String orders =
        """
        SELECT source, order_id, customer_id, content, rate FROM app.orders
         WHERE customer_id = ANY (?) ORDER BY ordered_at, source, order_id
        """;
    String interactions =
        """
        SELECT source, identity, customer_id, type, channel, at, metadata FROM app.interactions
         WHERE customer_id = ANY (?) ORDER BY at, source, identity
        """;
    Map<String, List<RatedOrder>> ordersOf = new HashMap<>();
    Map<String, List<Interaction>> interactionsOf = new HashMap<>();
    try (PreparedStatement selectOrders = connection.prepareStatement(orders);
        PreparedStatement selectInteractions = connection.prepareStatement(interactions)) {
      selectOrders.setArray(1, Columns.texts(connection, List.copyOf(ids), id -> id));
      selectInteractions.setArray(1, Columns.texts(connection, List.copyOf(ids), id -> id));
      for (RatedOrder rated : orders(selectOrders)) {
        ordersOf.computeIfAbsent(rated.order().customerId(), id -> new ArrayList<>()).add(rated);
      }
      for (Interaction contact : interactions(selectInteractions)) {
        interactionsOf.computeIfAbsent(contact.customerId(), id -> new ArrayList<>()).add(contact);
      }
    }
    SortedMap<String, History> histories = new TreeMap<>();
    for (String id : ids) {
      histories.put(
          id,
          new History(
              id,
              ordersOf.getOrDefault(id, List.of()),
              interactionsOf.getOrDefault(id, List.of())));
    }
    return histories;
  }

  /// The winners among the versions received by `knownAt`.
  static History knownAt(Connection connection, String customerId, Instant knownAt)
      throws SQLException {
    String orders =
        """
        SELECT source, order_id, customer_id, content, rate
          FROM (SELECT DISTINCT ON (source, order_id) v.*
                  FROM app.order_version v
                 WHERE (source, order_id) IN (SELECT source, order_id FROM app.order_version
                                               WHERE customer_id = ?)
                   AND received_at <= ?
                 ORDER BY source, order_id, updated_at DESC NULLS LAST, arrival DESC) AS winner
         WHERE customer_id = ? ORDER BY ordered_at, source, order_id
        """;
    String interactions =
        """
        SELECT source, identity, customer_id, type, channel, at, metadata
          FROM (SELECT DISTINCT ON (source, identity) v.*
                  FROM app.interaction_version v
                 WHERE (source, identity) IN (SELECT source, identity FROM app.interaction_version
                                               WHERE customer_id = ?)
                   AND received_at <= ?
                 ORDER BY source, identity, arrival DESC) AS winner
         WHERE customer_id = ? ORDER BY at, source, identity
        """;
    try (PreparedStatement selectOrders = connection.prepareStatement(orders);
        PreparedStatement selectInteractions = connection.prepareStatement(interactions)) {
      for (PreparedStatement select : List.of(selectOrders, selectInteractions)) {
        select.setString(1, customerId);
        select.setTimestamp(2, Timestamp.from(knownAt));
        select.setString(3, customerId);
      }
      return new History(customerId, orders(selectOrders), interactions(selectInteractions));
    }
  }

  static List<RatedOrder> orders(
      Connection connection, String customerId, Collection<String> orderIds) throws SQLException {
    String sql =
        """
        SELECT source, order_id, customer_id, content, rate FROM app.orders
         WHERE customer_id = ? AND order_id = ANY (?) ORDER BY source, order_id
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, customerId);
      select.setArray(2, Columns.texts(connection, List.copyOf(orderIds), id -> id));
      return orders(select);
    }
  }

  static List<Interaction> latestInteractions(Connection connection, String customerId, int limit)
      throws SQLException {
    String sql =
        """
        SELECT source, identity, customer_id, type, channel, at, metadata FROM app.interactions
         WHERE customer_id = ? ORDER BY at DESC, source, identity LIMIT ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, customerId);
      select.setInt(2, limit);
      return interactions(select);
    }
  }

  private static List<RatedOrder> orders(PreparedStatement select) throws SQLException {
    List<RatedOrder> orders = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        orders.add(OrderRows.rated(row));
      }
    }
    return orders;
  }

  private static List<Interaction> interactions(PreparedStatement select) throws SQLException {
    List<Interaction> interactions = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        interactions.add(InteractionRows.interaction(row));
      }
    }
    return interactions;
  }
}
