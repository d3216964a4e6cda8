package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Fault;
import ai.quimbi.core.customer.History;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
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

  /// Throws 404 where nothing is known of the customer: another tenant's is not known either. With
  /// `as_of` the customer is seen at the end of that day, with `known_at` as far as it had been
  /// told by then, under the models that were in force.
  Subject of(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.body().path("customer_id").textValue();
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    AsOf asOf = AsOf.read(call, ledger);
    Context context = context(call, tenant, id).until(asOf, ledger);
    int today = asOf.day();

    Optional<Profile> sample = SampleCustomers.profile(id, ledger, today);
    Optional<Profile> known =
        sample.isPresent() ? sample : stored(tenant, id, context.orderIds(), asOf);
    if (known.isEmpty() && context.isEmpty()) {
      throw notFound(id);
    }
    TenantModels models =
        sample.isPresent() ? TenantModels.shipped(ledger) : shelf.of(tenant, asOf.knownAt());
    Profile profile = context.addedTo(known.orElse(Profile.EMPTY), ledger);
    return new Subject(tenant, id, profile, models, today);
  }

  /// What the answer to a call depends on besides the profile, where the call is about one stored
  /// customer as they are now, and tells nothing of its own.
  Optional<Plain> plain(Call call) {
    JsonNode body = call.body();
    String id = body.path("customer_id").textValue();
    if (body.has("context") || body.has("as_of") || body.has("known_at") || isSample(id)) {
      return Optional.empty();
    }
    Tenant tenant = tenancy.of(call);
    int today = ModelShelf.ledgerOf(tenant).dayOf(call.receivedAt());
    return Optional.of(new Plain(tenant, id, shelf.of(tenant), today));
  }

  record Plain(Tenant tenant, String customerId, TenantModels models, int today) {
    Subject with(Profile profile) {
      return new Subject(tenant, customerId, profile, models, today);
    }
  }

  private static boolean isSample(String id) {
    return SampleCustomers.IDS.contains(id);
  }

  private Optional<Profile> stored(Tenant tenant, String id, Set<String> without, AsOf asOf) {
    if (asOf.isNow()) {
      return customers.profileWithout(tenant, id, without);
    }
    Instant knownAt = asOf.knownAt();
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    History told =
        knownAt == null
            ? customers.history(tenant, id)
            : customers.historyKnownAt(tenant, id, knownAt);
    History seen = asOf.isOfAnotherDay() ? AsOf.until(told, asOf.day(), ledger) : told;
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new History(
                id,
                seen.orders().stream()
                    .filter(rated -> !without.contains(rated.order().orderId()))
                    .toList(),
                seen.interactions())
            .profile(ledger));
  }

  /// The stored customers and samples among `ids`, in their order, without any context.
  SequencedMap<String, Subject> stored(Tenant tenant, List<String> ids, Instant now) {
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    int today = ledger.dayOf(now);
    Map<String, Profile> profiles = customers.profiles(tenant, ids);
    TenantModels models = shelf.of(tenant);
    SequencedMap<String, Subject> found = new LinkedHashMap<>();
    for (String id : ids) {
      Optional<Profile> sample = SampleCustomers.profile(id, ledger, today);
      Profile profile = sample.isPresent() ? sample.get() : profiles.get(id);
      if (profile != null) {
        TenantModels judging = sample.isPresent() ? TenantModels.shipped(ledger) : models;
        found.put(id, new Subject(tenant, id, profile, judging, today));
      }
    }
    return found;
  }

  /// One stored customer or sample. Throws 404 where nothing is known of them.
  Subject stored(Tenant tenant, String id, Instant now) {
    Subject found = stored(tenant, List.of(id), now).get(id);
    if (found == null) {
      throw notFound(id);
    }
    return found;
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

    Context until(AsOf asOf, Ledger ledger) {
      if (!asOf.isOfAnotherDay()) {
        return this;
      }
      History seen = AsOf.until(new History("", orders, interactions), asOf.day(), ledger);
      return new Context(seen.orders(), seen.interactions());
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
