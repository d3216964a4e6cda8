package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the tools can find out about accounts, wherever it is kept.
public interface KnownAccounts {
  /// How much an evidence needs to hold.
  record Need(boolean usage, int periodDays, boolean tickets) {}

  /// A page of accounts in the order of their ids, beginning behind `after`. Only the id, the name
  /// and the owner need be filled.
  List<Account> list(Tenant tenant, int limit, @Nullable String after);

  /// What is known of an account that this owner has; empty where there is none.
  Optional<Evidence> evidence(Tenant tenant, String owner, String customerId, Need need);

  /// The evidence of every account, by id.
  Map<String, Evidence> all(Tenant tenant, int periodDays);
}
