package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.ContactDay;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.Profile.Counter;
import ai.quimbi.core.customer.Profile.Fact;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Customers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The stored customers, page by page and one by one.
final class CustomerPages {
  private static final int USUAL_PAGE = 50;
  private static final int MAX_PAGE = 1000;

  private final Tenancy tenancy;
  private final Customers customers;

  CustomerPages(Tenancy tenancy, Customers customers) {
    this.tenancy = tenancy;
    this.customers = customers;
  }

  Answer list(Call call) {
    Tenant tenant = tenancy.of(call);
    int limit = call.queryNumber("limit", 1, MAX_PAGE, USUAL_PAGE);
    // One more than asked for tells whether there is a next page.
    List<Customers.Entry> found = customers.list(tenant, limit + 1, after(call));
    boolean hasMore = found.size() > limit;
    List<Customers.Entry> page = hasMore ? found.subList(0, limit) : found;
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("data", page.stream().map(entry -> brief(entry, ledger)).toList());
    answer.put("has_more", hasMore);
    if (hasMore) {
      answer.put("next_cursor", cursor(page.getLast().customerId()));
    }
    return Answer.ok(answer);
  }

  Answer one(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.pathParameter("customer_id");
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    Optional<Profile> sample = SampleCustomers.profile(id, ledger, ledger.dayOf(call.receivedAt()));
    Profile profile =
        sample.or(() -> customers.profile(tenant, id)).orElseThrow(() -> Subjects.notFound(id));
    return Answer.ok(facts(id, profile, ledger));
  }

  private static Map<String, Object> brief(Customers.Entry entry, Ledger ledger) {
    Map<String, Object> brief = new LinkedHashMap<>();
    Profile profile = entry.profile();
    brief.put("customer_id", entry.customerId());
    brief.put("total_orders", profile.orders());
    brief.put("lifetime_value", ledger.amountOf(profile.netMinor()));
    putDay(brief, "first_order_on", profile.firstPurchaseDay());
    putDay(brief, "last_order_on", profile.lastPurchaseDay());
    return brief;
  }

  private static Map<String, Object> facts(String id, Profile profile, Ledger ledger) {
    Map<String, Object> facts = brief(new Customers.Entry(id, profile), ledger);
    facts.put("currency", ledger.currency().getCurrencyCode());
    facts.put("purchase_days", profile.purchaseDays().size());
    facts.put("cancelled_orders", profile.fact(Fact.CANCELLED_ORDERS));
    facts.put("refunded_orders", profile.fact(Fact.REFUNDED_ORDERS));
    facts.put("discounted_orders", profile.fact(Fact.DISCOUNTED_ORDERS));
    facts.put("discounts", money(profile, ledger, true));
    facts.put("refunds", money(profile, ledger, false));
    facts.put("orders_by_category", profile.tally(Counter.CATEGORY_ORDERS).counts());
    facts.put("orders_by_channel", profile.tally(Counter.CHANNEL_ORDERS).counts());
    facts.put("distinct_products", profile.tally(Counter.PRODUCT_ORDERS).counts().size());
    facts.put("interactions_by_type", byType(profile.contactDays()));
    return facts;
  }

  private static BigDecimal money(Profile profile, Ledger ledger, boolean discounts) {
    long minor =
        profile.purchaseDays().stream()
            .mapToLong(day -> discounts ? day.discountMinor() : day.refundedMinor())
            .sum();
    return ledger.amountOf(minor);
  }

  private static SortedMap<String, Integer> byType(List<ContactDay> days) {
    SortedMap<String, Integer> byType = new TreeMap<>();
    days.forEach(day -> byType.merge(day.type(), day.contacts(), Integer::sum));
    return byType;
  }

  private static void putDay(Map<String, Object> facts, String name, OptionalInt day) {
    if (day.isPresent()) {
      facts.put(name, LocalDate.ofEpochDay(day.getAsInt()));
    }
  }

  // The cursor is the last id seen, wrapped so that callers do not take it apart.
  private static String cursor(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String after(Call call) {
    String cursor = call.queryParameter("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (!id.isEmpty() && id.indexOf('\0') < 0 && cursor(id).equals(cursor)) {
        return id;
      }
    } catch (IllegalArgumentException notOurs) {
      // said below
    }
    throw ApiError.invalid(
        "?cursor", "format", "cursor must be the next_cursor of an earlier answer.");
  }
}
