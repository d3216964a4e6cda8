package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.TestDatabase;
import java.time.ZoneId;
import java.util.Currency;
import java.util.concurrent.atomic.AtomicInteger;

/// Tenants for the tests of events: in New York, where the day differs from UTC's.
final class EventsDatabase {
  static final Databases DATABASES = TestDatabase.databases();

  private static final AtomicInteger TENANTS = new AtomicInteger();

  private EventsDatabase() {}

  static Tenant freshTenant() {
    Tenant tenant =
        new Tenant(
            "events" + TENANTS.incrementAndGet(),
            "Quilts",
            "retail",
            ZoneId.of("America/New_York"),
            Currency.getInstance("USD"));
    DATABASES.tenants().create(tenant);
    return tenant;
  }
}
