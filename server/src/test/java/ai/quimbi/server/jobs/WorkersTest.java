package ai.quimbi.server.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.jobs.JobHandler.Ending;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Job.Status;
import ai.quimbi.server.store.jobs.Jobs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The queue and those who work on it, over a real PostgreSQL. Each test has a kind of job of its
/// own, so that others' workers leave its jobs alone.
class WorkersTest {
  private static final Workers.Settings BRISK =
      new Workers.Settings(4, Duration.ofMillis(50), Duration.ofMillis(900));
  private static final AtomicInteger KINDS = new AtomicInteger();

  private final String tenant = TestDatabase.freshTenant();
  private final String kind = "test-" + KINDS.incrementAndGet() + "-" + tenant;
  private final Jobs jobs = new Jobs(TestDatabase.databases().control());

  private Job start(String id, int attempts) {
    return jobs.start(new Jobs.Wish(tenant + id, tenant, kind, "test", "{}", attempts));
  }

  private Job find(String id) {
    return jobs.find(tenant, tenant + id).orElseThrow();
  }

  private Job ended(String id) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Job job = find(id);
      if (job.status() == Status.SUCCEEDED || job.status() == Status.FAILED) {
        return job;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not ended within 15 s: " + find(id));
  }

  @Test
  void every_job_is_done_once_though_two_workers_take_from_one_queue() throws Exception {
    Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
    JobHandler handler =
        (job, progress) -> {
          effects.computeIfAbsent(job.id(), id -> new AtomicInteger()).incrementAndGet();
          return new Ending.Succeeded("{}");
        };
    int count = 200;
    for (int i = 0; i < count; i++) {
      start("-" + i, 3);
    }
    try (Workers _ = Workers.start(jobs, Map.of(kind, handler), BRISK);
        Workers _ = Workers.start(jobs, Map.of(kind, handler), BRISK)) {
      for (int i = 0; i < count; i++) {
        assertEquals(Status.SUCCEEDED, ended("-" + i).status());
      }
    }
    assertEquals(count, effects.size());
    assertTrue(effects.values().stream().allMatch(times -> times.get() == 1));
  }

  @Test
  void the_same_id_is_the_same_job() {
    start("-a", 3);
    start("-a", 3);

    assertEquals(1, jobs.take(List.of(kind), 10, Duration.ofMinutes(1)).size());
    assertEquals(0, jobs.take(List.of(kind), 10, Duration.ofMinutes(1)).size());
    assertEquals(Status.RUNNING, start("-a", 3).status());
  }

  @Test
  void a_dead_workers_job_is_taken_up_and_the_dead_one_changes_nothing_any_more() throws Exception {
    start("-a", 3);
    Job lost = jobs.take(List.of(kind), 1, Duration.ofMillis(300)).getFirst();
    // Its worker was killed: nobody keeps the lease.
    Thread.sleep(400);
    Job again = jobs.take(List.of(kind), 1, Duration.ofMinutes(1)).getFirst();

    assertEquals(lost.id(), again.id());
    assertEquals(2, again.lease());
    assertFalse(jobs.finish(lost, true, "\"from the dead\""));
    assertFalse(jobs.postpone(lost, Duration.ZERO));
    assertEquals(List.of(), jobs.keep(List.of(lost), List.of(50), Duration.ofMinutes(1)));
    assertTrue(jobs.finish(again, true, "\"alive\""));
    assertFalse(jobs.finish(again, true, "\"twice\""));
    assertEquals("\"alive\"", find("-a").result());
  }

  @Test
  void a_living_worker_keeps_its_lease_however_long_the_job_takes() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    JobHandler slow =
        (job, progress) -> {
          attempts.incrementAndGet();
          progress.accept(40);
          mayEnd.await();
          return new Ending.Succeeded("{}");
        };
    start("-a", 3);
    try (Workers _ = Workers.start(jobs, Map.of(kind, slow), BRISK);
        Workers _ = Workers.start(jobs, Map.of(kind, slow), BRISK)) {
      Thread.sleep(2_500);
      assertEquals(40, find("-a").progress());
      mayEnd.countDown();
      assertEquals(Status.SUCCEEDED, ended("-a").status());
    }
    assertEquals(1, attempts.get());
  }

  @Test
  void a_failing_job_is_tried_again_and_in_the_end_given_up() throws Exception {
    Set<Integer> leases = ConcurrentHashMap.newKeySet();
    JobHandler broken =
        (job, progress) -> {
          leases.add(job.lease());
          throw new IllegalStateException("as planned");
        };
    start("-a", 2);
    try (Workers _ = Workers.start(jobs, Map.of(kind, broken), BRISK)) {
      assertEquals(Status.FAILED, ended("-a").status());
    }
    assertEquals(Set.of(1, 2), new HashSet<>(leases));
  }

  @Test
  void a_job_that_kills_its_workers_is_given_up_too() throws Exception {
    start("-a", 1);
    jobs.take(List.of(kind), 1, Duration.ofMillis(100));
    Thread.sleep(200);
    try (Workers _ =
        Workers.start(jobs, Map.of(kind, (job, p) -> new Ending.Succeeded("{}")), BRISK)) {
      assertEquals(Status.FAILED, ended("-a").status());
    }
  }

  @Test
  void waits_between_attempts_double_up_to_a_minute() {
    assertEquals(Duration.ofSeconds(1), Workers.waitAfter(1));
    assertEquals(Duration.ofSeconds(4), Workers.waitAfter(3));
    assertEquals(Duration.ofMinutes(1), Workers.waitAfter(40));
  }

  @Test
  void ended_jobs_are_forgotten_after_a_while_and_others_are_not() throws Exception {
    start("-done", 1);
    start("-waits", 1);
    Job done = jobs.take(List.of(kind), 1, Duration.ofMinutes(1)).getFirst();
    jobs.finish(done, true, "{}");

    jobs.forgetOlderThan(Duration.ofDays(1));
    assertTrue(jobs.find(tenant, done.id()).isPresent());
    Thread.sleep(1_100);
    assertTrue(jobs.forgetOlderThan(Duration.ofSeconds(1)) > 0);
    assertTrue(jobs.find(tenant, done.id()).isEmpty());
    assertTrue(jobs.find(tenant, tenant + "-waits").isPresent());
  }

  @Test
  void another_tenants_job_is_like_none() {
    start("-a", 1);

    assertTrue(jobs.find(TestDatabase.freshTenant(), tenant + "-a").isEmpty());
  }
}
