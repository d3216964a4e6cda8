package ai.quimbi.server.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.jobs.JobHandler.Ending;
import ai.quimbi.server.store.AwsKey;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Job.Status;
import ai.quimbi.server.store.jobs.Jobs;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Jobs whose ids go over SQS, with a real queue (ElasticMQ) and a real PostgreSQL. Each test has a
/// queue and a kind of job of its own.
class SqsFeedTest {
  private static final Workers.Settings BRISK =
      new Workers.Settings(4, Duration.ofMillis(50), Duration.ofMillis(900));
  private static final AwsKey KEY = new AwsKey(LocalSqs.KEY, LocalSqs.KEY);
  private static final AtomicInteger QUEUES = new AtomicInteger();

  private static final LocalSqs SQS = new LocalSqs();

  private final String tenant = TestDatabase.freshTenant();
  private final String kind = "sqs-" + tenant;
  private final Jobs jobs = new Jobs(TestDatabase.databases().control());
  private final String queue = SQS.queue("jobs-" + QUEUES.incrementAndGet());
  private final List<Feed> feeds = new ArrayList<>();
  private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
  private final JobHandler counts =
      (job, progress) -> {
        effects.computeIfAbsent(job.id(), id -> new AtomicInteger()).incrementAndGet();
        return new Ending.Succeeded("{}");
      };

  @AfterAll
  static void stop_the_queue() {
    SQS.close();
  }

  @AfterEach
  void close() {
    feeds.forEach(
        feed -> {
          try {
            feed.close();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Feed feed(Duration overdue) {
    return feed(SQS.address(), overdue);
  }

  private Feed feed(URI at, Duration overdue) {
    URI url = LocalSqs.at(at, queue);
    Feed feed =
        new SqsFeed(
            jobs, new SqsSettings(url, "us-east-1", at, KEY, Duration.ofSeconds(1), overdue));
    feeds.add(feed);
    return feed;
  }

  /// How often the job was done.
  private int times(String id) {
    AtomicInteger count = effects.get(tenant + id);
    return count == null ? 0 : count.get();
  }

  private Jobs.Wish wish(String id) {
    return new Jobs.Wish(tenant + id, tenant, kind, "test", "{\"secret\": 1}", 3);
  }

  private Job ended(String id) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Job job = jobs.find(tenant, tenant + id).orElseThrow();
      if (job.status() == Status.SUCCEEDED || job.status() == Status.FAILED) {
        return job;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not ended within 15 s: " + id);
  }

  @Test
  void every_job_is_done_once_though_two_workers_listen() throws Exception {
    Feed feed = feed(Duration.ofMinutes(5));
    Feed second = feed(Duration.ofMinutes(5));
    int count = 60;
    for (int i = 0; i < count; i++) {
      feed.start(jobs, wish("-" + i));
    }
    try (Workers _ = Workers.start(jobs, feed, Map.of(kind, counts), BRISK);
        Workers _ = Workers.start(jobs, second, Map.of(kind, counts), BRISK)) {
      for (int i = 0; i < count; i++) {
        assertEquals(Status.SUCCEEDED, ended("-" + i).status());
      }
    }
    assertEquals(count, effects.size());
    assertTrue(effects.values().stream().allMatch(times -> times.get() == 1));
    assertEquals(0, SQS.left(queue));
  }

  @Test
  void a_message_is_a_jobs_id_and_nothing_else() throws Exception {
    feed(Duration.ofMinutes(5)).start(jobs, wish("-a"));

    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 20 && bodies.isEmpty(); i++) {
      SQS.client()
          .receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(1))
          .messages()
          .forEach(message -> bodies.add(message.body()));
    }
    assertEquals(List.of(tenant + "-a"), bodies);
  }

  @Test
  void a_message_that_comes_twice_or_late_does_nothing_twice() throws Exception {
    Feed feed = feed(Duration.ofMinutes(5));
    feed.start(jobs, wish("-a"));
    for (int i = 0; i < 5; i++) {
      feed.announce(tenant + "-a", Duration.ZERO);
    }
    try (Workers _ = Workers.start(jobs, feed, Map.of(kind, counts), BRISK)) {
      assertEquals(Status.SUCCEEDED, ended("-a").status());
      feed.announce(tenant + "-a", Duration.ZERO);
      feed.start(jobs, wish("-b"));
      ended("-b");
    }
    assertEquals(1, times("-a"));
  }

  @Test
  void poison_is_removed_and_stops_nothing() throws Exception {
    for (String poison :
        List.of(
            "not a job", "x".repeat(10_000), "{\"jobId\": 1}", "J-unknown", "'; DROP TABLE job")) {
      SQS.client().sendMessage(m -> m.queueUrl(queue).messageBody(poison));
    }
    Feed feed = feed(Duration.ofMinutes(5));
    try (Workers _ = Workers.start(jobs, feed, Map.of(kind, counts), BRISK)) {
      feed.start(jobs, wish("-a"));
      assertEquals(Status.SUCCEEDED, ended("-a").status());
      for (int i = 0; i < 100 && SQS.left(queue) > 0; i++) {
        Thread.sleep(50);
      }
    }
    assertEquals(0, SQS.left(queue));
    assertEquals(1, effects.size());
  }

  @Test
  void what_was_lost_on_the_way_is_announced_again() throws Exception {
    // Queued, and never announced: as if SQS had lost it, or the server had died in between.
    jobs.start(wish("-a"));
    Feed feed = feed(Duration.ofMillis(500));
    try (Workers _ = Workers.start(jobs, feed, Map.of(kind, counts), BRISK)) {
      assertEquals(Status.SUCCEEDED, ended("-a").status());
    }
    assertEquals(1, times("-a"));
  }

  @Test
  void a_dead_workers_job_is_announced_again_when_its_lease_is_over() throws Exception {
    Feed feed = feed(Duration.ofMillis(300));
    feed.start(jobs, wish("-a"));
    Job lost = null;
    for (int i = 0; i < 10 && lost == null; i++) {
      List<Job> taken = feed.take(List.of(kind), 1, Duration.ofMillis(300));
      lost = taken.isEmpty() ? null : taken.getFirst();
    }
    assertEquals(1, lost == null ? 0 : lost.lease());
    try (Workers _ = Workers.start(jobs, feed, Map.of(kind, counts), BRISK)) {
      assertEquals(2, ended("-a").lease());
    }
  }

  @Test
  void a_job_that_is_being_worked_on_is_not_announced_again() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    JobHandler slow =
        (job, progress) -> {
          attempts.incrementAndGet();
          mayEnd.await();
          return new Ending.Succeeded("{}");
        };
    Feed feed = feed(Duration.ofMillis(300));
    feed.start(jobs, wish("-a"));
    try (Workers _ = Workers.start(jobs, feed, Map.of(kind, slow), BRISK)) {
      Thread.sleep(2_500);
      mayEnd.countDown();
      assertEquals(Status.SUCCEEDED, ended("-a").status());
    }
    assertEquals(1, attempts.get());
  }

  @Test
  void a_failed_attempt_is_announced_for_later() throws Exception {
    JobHandler second =
        (job, progress) -> {
          if (job.lease() == 1) {
            throw new IllegalStateException("as planned");
          }
          return new Ending.Succeeded("{}");
        };
    Feed feed = feed(Duration.ofMinutes(5));
    feed.start(jobs, wish("-a"));
    try (Workers _ = Workers.start(jobs, feed, Map.of(kind, second), BRISK)) {
      Job job = ended("-a");
      assertEquals(Status.SUCCEEDED, job.status());
      assertEquals(2, job.lease());
    }
  }

  @Test
  void jobs_are_queued_while_sqs_is_away_and_done_when_it_is_back() throws Exception {
    Feed dead = feed(URI.create("http://127.0.0.1:9"), Duration.ofMillis(300));
    Job queued = dead.start(jobs, wish("-a"));
    assertEquals(Status.QUEUED, queued.status());
    try (Workers _ = Workers.start(jobs, dead, Map.of(kind, counts), BRISK)) {
      Thread.sleep(500);
      assertEquals(0, effects.size());
    }
    Feed back = feed(Duration.ofMillis(300));
    try (Workers _ = Workers.start(jobs, back, Map.of(kind, counts), BRISK)) {
      assertEquals(Status.SUCCEEDED, ended("-a").status());
    }
  }
}
