package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.server.store.Keys.Addition;
import ai.quimbi.server.store.Keys.Addition.Added;
import ai.quimbi.server.store.Keys.Listed;
import ai.quimbi.server.store.Keys.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Databases databases = TestDatabase.databases();
  private final Keys keys = databases.keys();

  private static Wish wish(String label, @Nullable Instant expiresAt) {
    return new Wish(label, EnumSet.of(Scope.DATA_WRITE), Mode.LIVE, new Quota(5, 50), expiresAt);
  }

  private Added added(String tenantId, Wish wish) {
    return assertInstanceOf(Added.class, keys.add(tenantId, wish, NOW));
  }

  @Test
  void a_new_key_opens_its_tenant_with_what_was_asked_for() {
    String tenant = TestDatabase.freshTenant();

    Added added = added(tenant, wish("shop", null));

    assertTrue(added.secret().matches("qk_live_[A-Za-z0-9_-]{43}"), added.secret());
    assertEquals(Optional.of(added.key()), keys.find(added.secret(), NOW));
    assertEquals(
        new ApiKey.TenantKey(
            added.key().keyId(),
            tenant,
            Set.of(Scope.DATA_WRITE),
            Mode.LIVE,
            new Quota(5, 50),
            null),
        added.key());
  }

  @Test
  void a_secret_is_nowhere_in_the_database() {
    String tenant = TestDatabase.freshTenant();
    Added added = added(tenant, wish("shop", null));

    String row =
        databases
            .control()
            .read(
                handle ->
                    handle
                        .createQuery("SELECT api_key::text FROM api_key WHERE key_id = :id")
                        .bind("id", added.key().keyId())
                        .mapTo(String.class)
                        .one());

    assertFalse(row.contains(added.secret()));
    assertFalse(row.contains(added.secret().substring("qk_live_".length())));
  }

  @Test
  void two_keys_of_a_label_are_live_and_a_third_waits_for_a_revocation() {
    String tenant = TestDatabase.freshTenant();
    Added first = added(tenant, wish("shop", null));
    Added second = added(tenant, wish("shop", null));
    assertNotEquals(first.secret(), second.secret());

    Addition third = keys.add(tenant, wish("shop", null), NOW);

    assertEquals(
        Set.of(first.key().keyId(), second.key().keyId()),
        Set.copyOf(assertInstanceOf(Addition.TwoAreLive.class, third).keyIds()));
    keys.revoke(first.key().keyId(), NOW);
    added(tenant, wish("shop", null));
    added(tenant, wish("another", null));
  }

  @Test
  void an_expired_key_makes_room_and_keys_without_a_label_never_collide() {
    String tenant = TestDatabase.freshTenant();
    added(tenant, wish("shop", NOW.minusSeconds(1)));
    added(tenant, wish("shop", null));
    added(tenant, wish("shop", null));
    for (int i = 0; i < 4; i++) {
      added(tenant, wish("", null));
    }
    assertEquals(7, keys.of(tenant).size());
  }

  @Test
  void an_expired_or_unknown_key_opens_nothing() {
    String tenant = TestDatabase.freshTenant();
    Added added = added(tenant, wish("shop", NOW.plusSeconds(10)));

    assertTrue(keys.find(added.secret(), NOW).isPresent());
    assertEquals(Optional.empty(), keys.find(added.secret(), NOW.plusSeconds(10)));
    assertEquals(Optional.empty(), keys.find("qk_live_nobody", NOW));
    assertEquals(Optional.empty(), keys.find("", NOW));
  }

  @Test
  void a_revoked_key_stops_here_at_once_and_on_another_server_within_a_second() throws Exception {
    String tenant = TestDatabase.freshTenant();
    Added added = added(tenant, wish("shop", null));
    Keys elsewhere = new Keys(databases.control());
    assertTrue(elsewhere.find(added.secret(), NOW).isPresent());

    assertTrue(keys.revoke(added.key().keyId(), NOW));
    long revoked = System.nanoTime();

    assertEquals(Optional.empty(), keys.find(added.secret(), NOW));
    while (elsewhere.find(added.secret(), NOW).isPresent()) {
      assertTrue(System.nanoTime() - revoked < Duration.ofMillis(1500).toNanos(), "in a second");
      Thread.sleep(20);
    }
    assertFalse(keys.revoke(added.key().keyId(), NOW), "it is revoked once");
  }

  @Test
  void the_list_tells_everything_but_the_secret() {
    String tenant = TestDatabase.freshTenant();
    Added added = added(tenant, wish("shop", null));
    keys.find(added.secret(), NOW.plusSeconds(60));
    keys.revoke(added.key().keyId(), NOW.plusSeconds(90));

    assertEquals(
        List.of(new Listed(added.key(), "shop", NOW, NOW.plusSeconds(60), NOW.plusSeconds(90))),
        keys.of(tenant));
  }

  @Test
  void the_last_use_is_noted_once_a_minute_at_most() {
    String tenant = TestDatabase.freshTenant();
    Added added = added(tenant, wish("shop", null));

    for (int i = 1; i <= 5; i++) {
      keys.find(added.secret(), NOW.plusSeconds(i));
    }

    assertEquals(NOW.plusSeconds(1), keys.of(tenant).getFirst().lastUsedAt());
  }

  @Test
  void the_demos_fixed_key_is_added_once() {
    String tenant = TestDatabase.freshTenant();
    String secret = "fixed_key_of_" + tenant;

    Addition first = keys.addFixed(tenant, secret, wish("demo", null), NOW);
    Addition again = keys.addFixed(tenant, secret, wish("demo", null), NOW);

    assertEquals(first, again);
    assertTrue(keys.find(secret, NOW).isPresent());
    assertEquals(1, keys.of(tenant).size());
  }

  @Test
  void an_admin_key_belongs_to_no_tenant() {
    Added added =
        assertInstanceOf(Added.class, keys.addAdmin("ops", new Quota(10, 100), null, NOW));

    assertTrue(added.secret().matches("qk_admin_[A-Za-z0-9_-]{43}"));
    assertInstanceOf(ApiKey.AdminKey.class, keys.find(added.secret(), NOW).orElseThrow());
    assertTrue(keys.hasAdminKey(NOW));
    assertTrue(keys.ofAdministrators().stream().anyMatch(listed -> listed.label().equals("ops")));
    keys.revoke(added.key().keyId(), NOW);
  }

  @Test
  void a_key_for_a_tenant_that_is_not_there_is_not_made() {
    assertEquals(new Addition.TenantUnknown("nobody"), keys.add("nobody", wish("", null), NOW));
  }

  @Test
  void with_the_tenant_go_its_keys() {
    String tenant = TestDatabase.freshTenant();
    Added added = added(tenant, wish("shop", null));
    Keys elsewhere = new Keys(databases.control());

    databases.tenants().delete(tenant);

    assertEquals(Optional.empty(), elsewhere.find(added.secret(), NOW));
  }
}
