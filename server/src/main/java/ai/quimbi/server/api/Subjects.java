package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Fault;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.OrderRules;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.core.customer.RatedOrder;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.store.events.Customers;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the customer a question is about: stored, one of the samples, or told in the question's
/// own context.
final class Subjects {
  private final Tenancy tenancy;
  private final Customers customers;
  private final ModelShelf shelf;
  private final Rates rates;

  Subjects(Tenancy tenancy, Customers customers, ModelShelf shelf, Rates rates) {
    this.tenancy = tenancy;
    this.customers = customers;
    this.shelf = shelf;
    this.rates = rates;
  }

  /// Throws 404 where nothing is known of the customer: another tenant's is not known either.
  Subject of(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.body().path("customer_id").textValue();
    Context context = context(call, tenant, id);
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    int today = ledger.dayOf(call.receivedAt());

    Optional<Profile> sample = SampleCustomers.profile(id, ledger, today);
    Optional<Profile> known =
        sample.isPresent() ? sample : customers.profileWithout(tenant, id, context.orderIds());
    if (known.isEmpty() && context.isEmpty()) {
      throw notFound(id);
    }
    TenantModels models = sample.isPresent() ? TenantModels.shipped(ledger) : shelf.of(tenant);
    Profile profile = context.addedTo(known.orElse(Profile.EMPTY), ledger);
    return new Subject(tenant, id, profile, models, today);
  }

  static ApiError notFound(String customerId) {
    return ApiError.of(
        ErrorCode.CUSTOMER_NOT_FOUND,
        "Customer with ID '" + customerId + "' not found",
        Map.of("customer_id", customerId));
  }

  private Context context(Call call, Tenant tenant, String customerId) {
    JsonNode told = call.body().path("context");
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    RateLookup lookup = rates.of(tenant);
    OrderRules rules = new OrderRules(ledger, lookup, call.receivedAt());
    List<ai.quimbi.server.http.Fault> faults = new ArrayList<>();

    Map<String, RatedOrder> orders = new LinkedHashMap<>();
    int place = 0;
    for (JsonNode node : told.path("orders")) {
      Order order = OrderJson.ofContext(node, customerId, tenant);
      List<Fault> found = rules.faults(order);
      faults.addAll(Pointers.of("/context/orders/" + place, found));
      if (found.isEmpty()) {
        BigDecimal rate =
            lookup
                .into(ledger, order.currency(), ledger.dayOf(order.orderedAt()))
                .orElse(BigDecimal.ONE);
        orders.put(order.orderId(), new RatedOrder(order, rate));
      }
      place++;
    }

    Map<String, Interaction> interactions = new LinkedHashMap<>();
    place = 0;
    for (JsonNode node : told.path("interactions")) {
      Interaction interaction = InteractionJson.ofContext(node, customerId);
      faults.addAll(Pointers.of("/context/interactions/" + place, rules.faults(interaction)));
      interactions.put(interaction.identity(), interaction);
      place++;
    }
    if (!faults.isEmpty()) {
      throw ApiError.invalid(faults);
    }
    return new Context(List.copyOf(orders.values()), List.copyOf(interactions.values()));
  }

  /// What the question itself tells. Of two orders of one id the later in the list counts.
  private record Context(List<RatedOrder> orders, List<Interaction> interactions) {

    boolean isEmpty() {
      return orders.isEmpty() && interactions.isEmpty();
    }

    Set<String> orderIds() {
      Set<String> ids = new TreeSet<>();
      orders.forEach(rated -> ids.add(rated.order().orderId()));
      return ids;
    }

    Profile addedTo(Profile profile, Ledger ledger) {
      if (isEmpty()) {
        return profile;
      }
      ProfileSum sum = new ProfileSum(ledger).add(profile);
      orders.forEach(sum::add);
      interactions.forEach(sum::add);
      return sum.toProfile();
    }
  }
}
