package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.server.http.Limits.Verdict;
import ai.quimbi.server.store.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Several servers that count in one PostgreSQL.
class SharedLimitsTest {
  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:30Z"));

  @Test
  void two_servers_allow_together_exactly_what_one_key_may() throws Exception {
    DataSource database = TestDatabase.databases().control().dataSource();
    InstantSource clock = NOW::get;
    List<Limits> servers = List.of(Limits.shared(database, clock), Limits.shared(database, clock));
    ApiKey key = new ApiKey.AdminKey("key_shared_" + System.nanoTime(), new Quota(100, 1000), null);
    List<Future<Verdict>> calls = new ArrayList<>();

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        Limits server = servers.get(i % 2);
        calls.add(callers.submit(() -> server.count(key)));
      }
    }

    int allowed = 0;
    for (Future<Verdict> call : calls) {
      allowed += call.get() instanceof Verdict.Allowed ? 1 : 0;
    }
    assertEquals(100, allowed);

    NOW.set(Instant.parse("2026-11-21T12:01:00Z"));
    Verdict next = servers.getFirst().count(key);
    assertTrue(next instanceof Verdict.Allowed, "the next minute");
    assertEquals(99, next.minute().remaining());
    assertEquals(899, next.hour().remaining(), "refused calls count in no window");
  }

  @Test
  void sweeping_keeps_what_still_counts() {
    DataSource database = TestDatabase.databases().control().dataSource();
    Limits server = Limits.shared(database, NOW::get);
    ApiKey key = new ApiKey.AdminKey("key_swept_" + System.nanoTime(), new Quota(5, 5), null);
    assertEquals(4, server.count(key).minute().remaining());

    server.sweep();

    assertEquals(3, server.count(key).minute().remaining());
  }
}
