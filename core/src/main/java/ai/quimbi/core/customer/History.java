package ai.quimbi.core.customer;

import java.time.Instant;
import java.util.List;

/// All that is known of one customer: the winning version of each order and each interaction.
public record History(String customerId, List<RatedOrder> orders, List<Interaction> interactions) {

  public History {
    orders = List.copyOf(orders);
    interactions = List.copyOf(interactions);
  }

  public boolean isEmpty() {
    return orders.isEmpty() && interactions.isEmpty();
  }

  public Profile profile(Ledger ledger) {
    ProfileSum sum = new ProfileSum(ledger);
    orders.forEach(sum::add);
    interactions.forEach(sum::add);
    return sum.toProfile();
  }

  /// Only what happened at or before `moment`.
  public History until(Instant moment) {
    return new History(
        customerId,
        orders.stream().filter(rated -> !rated.order().orderedAt().isAfter(moment)).toList(),
        interactions.stream().filter(contact -> !contact.at().isAfter(moment)).toList());
  }
}
