package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.Tickets;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.documents.DocumentKey;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import ai.quimbi.server.store.documents.Documents;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what is told of accounts over the API into the documents that the tools read, over what
/// was there. Without a store of documents there is nothing to do: the tools read the tables.
final class ToldDocuments {
  private final @Nullable Documents documents;
  private final Accounts accounts;

  ToldDocuments(@Nullable Documents documents, Accounts accounts) {
    this.documents = documents;
    this.accounts = accounts;
  }

  /// An account was set, or set anew: its contract is told, and under another owner than before
  /// all that is stored of it.
  void ofAccount(Tenant tenant, Account account, @Nullable String ownerBefore) {
    if (documents == null) {
      return;
    }
    ObjectNode contract = Wire.JSON.createObjectNode().put("name", account.name());
    Renewal renewal = account.renewal();
    if (renewal != null) {
      contract.put("renewalDate", renewal.told());
    }
    if (account.arr() != null) {
      contract.put("arr", account.arr());
    }
    put(tenant, account.owner(), Kind.CONTRACT, account.customerId(), contract);
    if (ownerBefore != null && !ownerBefore.equals(account.owner())) {
      ofUsage(tenant, account.customerId());
      ofTickets(tenant, account.customerId());
      remove(tenant, ownerBefore, account.customerId());
    }
  }

  void ofUsage(Tenant tenant, String customerId) {
    if (documents == null) {
      return;
    }
    List<UsageDay> days = accounts.usageDays(tenant, customerId);
    ObjectNode usage = Wire.JSON.createObjectNode();
    ArrayNode told = usage.putArray("days");
    for (UsageDay day : days) {
      told.addObject()
          .put("date", LocalDate.ofEpochDay(day.day()).toString())
          .put("activeUsers", day.activeUsers());
    }
    if (!days.isEmpty()) {
      putOfOwner(tenant, Kind.USAGE, customerId, usage);
    }
  }

  void ofTickets(Tenant tenant, String customerId) {
    if (documents == null) {
      return;
    }
    List<Ticket> all = accounts.tickets(tenant, customerId);
    if (!all.isEmpty()) {
      ObjectNode told = ToolJson.data(null, Tickets.of(all), HealthWeights.DEFAULT);
      putOfOwner(tenant, Kind.TICKETS, customerId, told);
    }
  }

  private void putOfOwner(Tenant tenant, Kind kind, String customerId, ObjectNode document) {
    accounts
        .find(tenant, customerId)
        .ifPresent(account -> put(tenant, account.owner(), kind, customerId, document));
  }

  private void put(Tenant tenant, String owner, Kind kind, String id, ObjectNode document) {
    if (documents != null) {
      byte[] content = document.toString().getBytes(StandardCharsets.UTF_8);
      documents.put(tenant, new DocumentKey(owner, kind, id), content);
    }
  }

  void ofDeleted(Tenant tenant, String owner, String customerId) {
    remove(tenant, owner, customerId);
  }

  private void remove(Tenant tenant, String owner, String customerId) {
    if (documents != null) {
      for (Kind kind : List.of(Kind.CONTRACT, Kind.USAGE, Kind.TICKETS)) {
        documents.delete(tenant, new DocumentKey(owner, kind, customerId));
      }
    }
  }
}
