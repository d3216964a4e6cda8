package ai.quimbi.server.api.generation;

import ai.quimbi.core.generation.CustomerFacts;
import ai.quimbi.core.generation.Known;
import ai.quimbi.core.generation.OrderFact;
import ai.quimbi.core.generation.Provenance;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a customer as callers tell them: the document's profile, our own analysis sent back, or
/// values of their own making. What cannot be read is not known; nothing in a profile is an error.
final class ToldCustomer {
  private static final Map<String, String> OLD_AXES =
      Map.of(
          "customer_maturity", "shopping_maturity",
          "category_exploration", "category_affinity",
          "purchase_cadence", "shopping_cadence");

  private ToldCustomer() {}

  static CustomerFacts read(JsonNode body) {
    JsonNode profile = body.path("customer_profile");
    return new CustomerFacts(
        id(body),
        known(name(body)),
        segments(profile),
        known(churn(profile)),
        known(value(profile)),
        known(count(profile, "total_orders")),
        known(count(profile, "days_since_last_purchase")),
        orders(body),
        privateTexts(body));
  }

  static @Nullable String id(JsonNode body) {
    return Nodes.text(body, "/customer_profile/customer_id", "/customer_id");
  }

  private static @Nullable String name(JsonNode body) {
    String whole =
        Nodes.text(
            body,
            "/customer_profile/first_name",
            "/customer_profile/name",
            "/customer_profile/customer_name",
            "/context/customer_name",
            "/customer_name");
    // A name is short and has letters; what is not one is not said to anybody's face.
    return whole != null && whole.length() <= 60 && whole.matches("\\p{L}[\\p{L}\\p{M} .'’-]*")
        ? whole.strip()
        : null;
  }

  private static SortedMap<String, Known<String>> segments(JsonNode profile) {
    TreeMap<String, Known<String>> segments = new TreeMap<>();
    JsonNode told =
        Nodes.first(
            profile, "/archetype/segments", "/segments", "/dominant_segments", "/archetype");
    told.properties()
        .forEach(
            member -> {
              String segment = member.getValue().textValue();
              String axis = OLD_AXES.getOrDefault(member.getKey(), member.getKey());
              if (segment != null && !segment.equals("unknown") && segment.length() <= 60) {
                segments.put(axis, new Known<>(segment, Provenance.PROFILE));
              }
            });
    return segments;
  }

  private static @Nullable Double churn(JsonNode profile) {
    BigDecimal churn =
        Nodes.number(
            profile,
            "/churn_risk",
            "/churn_risk/score",
            "/churn_risk/churn_risk_score",
            "/churn_risk/churn_risk",
            "/churn_risk_score",
            "/predictions/churn_risk",
            "/predictions/churn_risk/score",
            "/predictions/churn_risk/churn_risk_score",
            "/predictions/churn_risk_score",
            "/behavioral_metrics/churn_risk",
            "/behavioral_metrics/churn_risk/score",
            "/business_metrics/churn_risk");
    return churn == null || churn.signum() < 0 || churn.compareTo(BigDecimal.ONE) > 0
        ? null
        : churn.doubleValue();
  }

  private static @Nullable BigDecimal value(JsonNode profile) {
    BigDecimal value =
        Nodes.number(
            profile,
            "/lifetime_value",
            "/lifetime_value/current",
            "/lifetime_value/value",
            "/lifetime_value/lifetime_value",
            "/behavioral_metrics/lifetime_value",
            "/behavioral_metrics/lifetime_value/current",
            "/business_metrics/lifetime_value",
            "/predictions/lifetime_value",
            "/ltv");
    boolean isSane =
        value != null && value.signum() >= 0 && value.precision() - value.scale() <= 12;
    return isSane ? value : null;
  }

  private static @Nullable Long count(JsonNode profile, String name) {
    BigDecimal count =
        Nodes.number(
            profile, "/behavioral_metrics/" + name, "/business_metrics/" + name, "/" + name);
    return count == null || count.signum() < 0 || count.precision() - count.scale() > 9
        ? null
        : count.longValue();
  }

  private static List<Known<OrderFact>> orders(JsonNode body) {
    List<JsonNode> told = new ArrayList<>();
    Nodes.first(body, "/context/orders").forEach(told::add);
    for (String one : List.of("/context/order", "/context/ticket/order", "/order")) {
      if (body.at(one).isObject()) {
        told.add(body.at(one));
      }
    }
    List<Known<OrderFact>> orders = new ArrayList<>();
    for (JsonNode order : told) {
      String id = Nodes.text(order, "/order_id", "/id");
      if (id != null && id.length() <= 128) {
        orders.add(
            new Known<>(
                new OrderFact(
                    id,
                    date(Nodes.text(order, "/order_date", "/ordered_at")),
                    Nodes.text(order, "/status", "/fulfillment_status"),
                    Nodes.number(order, "/total_price", "/total"),
                    shipments(order),
                    products(order)),
                Provenance.REQUEST));
      }
    }
    return orders;
  }

  static @Nullable Integer shipments(JsonNode order) {
    JsonNode told = Nodes.first(order, "/shipments", "/fulfillments", "/parcels");
    if (told.isArray()) {
      return told.size();
    }
    return told.canConvertToInt() && told.isIntegralNumber() && told.intValue() >= 0
        ? told.intValue()
        : null;
  }

  private static List<String> products(JsonNode order) {
    List<String> names = new ArrayList<>();
    for (JsonNode item : order.path("items")) {
      String name = Nodes.text(item, "/product_name", "/name");
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    try {
      return text == null || text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static List<String> privateTexts(JsonNode body) {
    List<String> texts = new ArrayList<>();
    for (String where :
        List.of(
            "/customer_profile/email",
            "/customer_profile/phone",
            "/customer_profile/address",
            "/customer_profile/last_name",
            "/customer_profile/name",
            "/customer_profile/customer_name",
            "/customer_id",
            "/customer_profile/customer_id")) {
      String text = Nodes.text(body, where);
      if (text != null && text.length() >= 3) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static <T> @Nullable Known<T> known(@Nullable T value) {
    return value == null ? null : new Known<>(value, Provenance.PROFILE);
  }
}
