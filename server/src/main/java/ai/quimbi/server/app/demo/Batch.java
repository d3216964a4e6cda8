package ai.quimbi.server.app.demo;

import ai.quimbi.core.customer.Order;
import java.util.List;

/// What happened in a stretch of time, each list by time: nothing in a later batch is earlier.
public record Batch(List<Order> orders, List<Contact> contacts) {
  public Batch {
    orders = List.copyOf(orders);
    contacts = List.copyOf(contacts);
  }

  public int size() {
    return orders.size() + contacts.size();
  }
}
