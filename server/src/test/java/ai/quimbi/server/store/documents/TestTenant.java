package ai.quimbi.server.store.documents;

import ai.quimbi.core.access.Tenant;
import java.time.ZoneId;
import java.util.Currency;

/// The tenant of an id that the test's database has.
final class TestTenant {
  private TestTenant() {}

  static Tenant of(String id) {
    return new Tenant(id, "Test", "retail", ZoneId.of("UTC"), Currency.getInstance("USD"));
  }
}
