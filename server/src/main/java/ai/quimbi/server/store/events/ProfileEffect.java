package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.RatedOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.NavigableSet;

/// What storing events means for the profiles of their customers.
sealed interface ProfileEffect permits ProfileChanges, StaleMarks {

  void add(RatedOrder order);

  void subtract(RatedOrder order);

  void add(Interaction interaction);

  void subtract(Interaction interaction);

  NavigableSet<String> customers();

  /// Writes all of it, after the events and in their transaction.
  void write(Connection connection, Instant changedAt) throws SQLException;
}
