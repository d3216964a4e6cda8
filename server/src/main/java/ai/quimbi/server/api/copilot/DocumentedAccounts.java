package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Tickets;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.KnownAccounts;
import ai.quimbi.server.store.documents.DocumentKey;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import ai.quimbi.server.store.documents.Documents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Accounts as documents tell of them. An account is there when any of its three documents is, or
/// when PostgreSQL has it; from there comes only its name. Usage, tickets and contract come from
/// the documents or from nowhere: what the store of documents does not say is missing.
final class DocumentedAccounts implements KnownAccounts {
  private static final int MOST_ACCOUNTS = 5_000;

  private final Documents documents;
  private final Accounts stored;

  DocumentedAccounts(Documents documents, Accounts stored) {
    this.documents = documents;
    this.stored = stored;
  }

  @Override
  public Optional<Evidence> evidence(Tenant tenant, String owner, String customerId, Need need) {
    // Who asks for one thing alone is not hindered by what is wrong with another.
    boolean isAlone = need.usage() != need.tickets();
    Optional<byte[]> contract =
        isAlone ? Optional.empty() : find(tenant, owner, Kind.CONTRACT, customerId);
    Optional<byte[]> usage =
        need.usage() ? find(tenant, owner, Kind.USAGE, customerId) : Optional.empty();
    Optional<byte[]> tickets =
        need.tickets() ? find(tenant, owner, Kind.TICKETS, customerId) : Optional.empty();
    Optional<Account> row =
        stored.find(tenant, customerId).filter(account -> account.owner().equals(owner));
    boolean isKnown =
        contract.isPresent() || usage.isPresent() || tickets.isPresent() || row.isPresent();
    if (!isKnown && !isDocumented(tenant, owner, customerId)) {
      return Optional.empty();
    }
    DocumentJson.@Nullable Contract told = contract.map(DocumentJson::contract).orElse(null);
    String name =
        row.map(Account::name)
            .orElse(told == null || told.name() == null ? customerId : told.name());
    return Optional.of(
        new Evidence(
            new Account(
                customerId,
                name,
                owner,
                told == null ? null : told.renewal(),
                told == null ? null : told.arr(),
                tenant.currency().getCurrencyCode()),
            usage.flatMap(document -> DocumentJson.usage(document, need.periodDays())).orElse(null),
            need.periodDays(),
            tickets.map(DocumentJson::tickets).orElse(Tickets.NONE)));
  }

  /// Whether any document tells that there is such an account.
  private boolean isDocumented(Tenant tenant, String owner, String customerId) {
    return Stream.of(Kind.CONTRACT, Kind.USAGE, Kind.TICKETS)
        .anyMatch(kind -> find(tenant, owner, kind, customerId).isPresent());
  }

  private Optional<byte[]> find(Tenant tenant, String owner, Kind kind, String customerId) {
    return DocumentKey.isName(owner) && DocumentKey.isName(customerId)
        ? documents.find(tenant, new DocumentKey(owner, kind, customerId))
        : Optional.empty();
  }

  /// Under their names where PostgreSQL has them, else under their ids.
  @Override
  public List<Account> list(Tenant tenant, int limit, @Nullable String after) {
    Map<String, String> owners = owners(tenant);
    Map<String, String> names = new LinkedHashMap<>();
    stored.list(tenant, MOST_ACCOUNTS, null).stream()
        .filter(account -> account.owner().equals(owners.get(account.customerId())))
        .forEach(account -> names.put(account.customerId(), account.name()));
    String currency = tenant.currency().getCurrencyCode();
    return owners.entrySet().stream()
        .filter(entry -> after == null || entry.getKey().compareTo(after) > 0)
        .limit(limit)
        .map(
            entry -> {
              String id = entry.getKey();
              String name = names.getOrDefault(id, id);
              return new Account(id, name, entry.getValue(), null, null, currency);
            })
        .toList();
  }

  @Override
  public Map<String, Evidence> all(Tenant tenant, int periodDays) {
    Map<String, Evidence> all = new LinkedHashMap<>();
    owners(tenant)
        .forEach(
            (id, owner) ->
                evidence(tenant, owner, id, new Need(true, periodDays, true))
                    .ifPresent(evidence -> all.put(id, evidence)));
    return all;
  }

  /// Whose each account is, by id. An id that two owners have is the first one's here.
  private Map<String, String> owners(Tenant tenant) {
    Map<String, String> owners = new TreeMap<>();
    for (Kind kind : List.of(Kind.CONTRACT, Kind.USAGE, Kind.TICKETS)) {
      for (DocumentKey key : documents.list(tenant, kind, MOST_ACCOUNTS)) {
        owners.putIfAbsent(key.id(), key.owner());
      }
    }
    return owners;
  }
}
