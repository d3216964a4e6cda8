package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Order;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.store.events.Ingestion;
import ai.quimbi.server.store.events.Interactions;
import ai.quimbi.server.store.events.OnError;
import ai.quimbi.server.store.events.Orders;
import ai.quimbi.server.store.events.RowResult;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes in orders and interactions. What is answered 200 is stored, and every later read sees it.
final class Intake {
  private final Tenancy tenancy;
  private final Orders orders;
  private final Interactions interactions;
  private final Rates rates;
  private final IngestedRows counted;

  Intake(
      Tenancy tenancy,
      Orders orders,
      Interactions interactions,
      Rates rates,
      IngestedRows counted) {
    this.tenancy = tenancy;
    this.orders = orders;
    this.interactions = interactions;
    this.rates = rates;
    this.counted = counted;
  }

  /// The answer's shape; `customerProfilesUpdated` only for orders, `results` only where asked for.
  record Taken(
      int ingestedCount,
      int duplicateCount,
      String status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Set<String> customerProfilesUpdated,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Row> results) {}

  /// What became of one row.
  record Row(
      int index, String status, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors) {}

  Answer orders(Call call) {
    Tenant tenant = tenancy.of(call);
    String source = call.body().path("source").textValue();
    List<Order> told = new ArrayList<>();
    for (JsonNode node : readable(call, "orders")) {
      told.add(OrderJson.ingested(node, source, tenant));
    }
    OnError onError = onError(call);
    Ingestion outcome = orders.ingest(tenant, told, call.receivedAt(), onError, rates.of(tenant));
    Ingestion.Done done = done(outcome, "orders");
    counted.orders(tenant, done.ingested());
    return Answer.ok(answer(call, done, "orders", done.customersUpdated(), onError));
  }

  Answer interactions(Call call) {
    Tenant tenant = tenancy.of(call);
    String source = call.body().path("source").textValue();
    List<Interaction> told = new ArrayList<>();
    for (JsonNode node : readable(call, "interactions")) {
      told.add(InteractionJson.ingested(node, source));
    }
    OnError onError = onError(call);
    Ingestion.Done done =
        done(interactions.ingest(tenant, told, call.receivedAt(), onError), "interactions");
    counted.interactions(tenant, done.ingested());
    return Answer.ok(answer(call, done, "interactions", null, onError));
  }

  /// The rows without those that the door found faulty already.
  private static List<JsonNode> readable(Call call, String array) {
    List<JsonNode> rows = new ArrayList<>();
    int row = 0;
    for (JsonNode node : call.body().path(array)) {
      if (!call.rowFaults().containsKey(row++)) {
        rows.add(node);
      }
    }
    return rows;
  }

  private static Ingestion.Done done(Ingestion outcome, String array) {
    return switch (outcome) {
      case Ingestion.Done done -> done;
      case Ingestion.Refused refused -> {
        List<Fault> faults = new ArrayList<>();
        refused
            .faults()
            .forEach((row, found) -> faults.addAll(Pointers.of("/" + array + "/" + row, found)));
        throw ApiError.invalid(faults);
      }
    };
  }

  private static Taken answer(
      Call call,
      Ingestion.Done done,
      String array,
      @Nullable Set<String> updated,
      OnError onError) {
    return new Taken(
        done.ingested(),
        done.duplicates(),
        done.rejected() + call.rowFaults().size() == 0 ? "success" : "partial",
        updated,
        onError == OnError.CONTINUE ? rows(call, done.rows(), array) : null);
  }

  /// A result for each row as it was sent: the door's faults, or what the store did.
  private static List<Row> rows(Call call, List<RowResult> results, String array) {
    List<Row> rows = new ArrayList<>(results.size());
    Iterator<RowResult> stored = results.iterator();
    for (int index = 0; index < call.body().path(array).size(); index++) {
      List<Fault> faults = call.rowFaults().get(index);
      rows.add(
          faults == null ? row(index, stored.next(), array) : new Row(index, "rejected", faults));
    }
    return rows;
  }

  private static Row row(int index, RowResult result, String array) {
    return switch (result) {
      case RowResult.Stored stored -> new Row(index, "ingested", List.of());
      case RowResult.Duplicate duplicate -> new Row(index, "duplicate", List.of());
      case RowResult.Rejected rejected ->
          new Row(index, "rejected", Pointers.of("/" + array + "/" + index, rejected.faults()));
    };
  }

  private static OnError onError(Call call) {
    String asked = call.queryParameter("on_error");
    return switch (asked == null ? "abort" : asked) {
      case "abort" -> OnError.REFUSE_ALL;
      case "continue" -> OnError.CONTINUE;
      default -> throw ApiError.invalid("?on_error", "enum", "on_error must be abort or continue.");
    };
  }
}
