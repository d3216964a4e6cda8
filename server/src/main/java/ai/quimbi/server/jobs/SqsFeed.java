package ai.quimbi.server.jobs;

import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// Hears of jobs over SQS. A message is a job's id and nothing else; it is a bell, not the work.
///
/// A message is removed as soon as PostgreSQL has been asked for its job: taken jobs are held by
/// their leases, and all other messages have nothing more to say (doubles, strangers, jobs that
/// ended). What is lost on the way, or with a worker that died, is found by
/// [#lookForOverlooked] and announced again. While PostgreSQL is away messages stay, and SQS
/// brings them again.
public final class SqsFeed implements Feed {
  private static final Logger LOG = LoggerFactory.getLogger(SqsFeed.class);
  private static final int MOST_IN_A_BATCH = 10;
  private static final int MOST_OVERLOOKED = 200;
  private static final int MOST_UNSENT = 10_000;
  private static final int LONGEST_DELAY_SECONDS = 900;
  private static final int LONGEST_ID = 128;

  /// Long enough to ask PostgreSQL; then a message that was received and not removed comes again.
  private static final int INVISIBLE_SECONDS = 30;

  private final Jobs jobs;
  private final SqsSettings settings;
  private final SqsClient sqs;
  private final String queue;
  private final BlockingQueue<Bell> unsent = new LinkedBlockingQueue<>(MOST_UNSENT);
  private final Thread sender;
  private volatile boolean isOpen = true;

  private record Bell(String jobId, int delaySeconds) {}

  public SqsFeed(Jobs jobs, SqsSettings settings) {
    this.jobs = jobs;
    this.settings = settings;
    this.queue = settings.queueUrl().toString();
    this.sqs = client(settings);
    this.sender = Thread.ofVirtual().name("sqs").start(this::send);
  }

  private static SqsClient client(SqsSettings settings) {
    Duration timeout = settings.listening().plusSeconds(5);
    SqsClientBuilder builder =
        SqsClient.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(
                settings.key() == null
                    ? DefaultCredentialsProvider.builder().build()
                    : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.key().id(), settings.key().secret())))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(2))
                    .socketTimeout(timeout))
            .overrideConfiguration(o -> o.apiCallTimeout(timeout).apiCallAttemptTimeout(timeout));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  @Override
  public void announce(String jobId, Duration after) {
    // Where too many wait to be sent this one is not: it is found when it is overdue.
    // A bell that rings before its job is due is heard in vain, so it rings a second late.
    long seconds = after.isZero() ? 0 : Math.min(after.toSeconds() + 1, LONGEST_DELAY_SECONDS);
    unsent.offer(new Bell(jobId, (int) seconds));
  }

  private void send() {
    List<Bell> bells = new ArrayList<>();
    while (isOpen) {
      try {
        bells.clear();
        bells.add(unsent.take());
        unsent.drainTo(bells, MOST_IN_A_BATCH - 1);
        send(bells);
      } catch (InterruptedException closing) {
        return;
      } catch (SdkException away) {
        LOG.warn("{} jobs were not announced: {}", bells.size(), away.getClass().getName());
      }
    }
  }

  private void send(List<Bell> bells) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Bell bell : bells) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(bell.jobId())
              .delaySeconds(bell.delaySeconds())
              .build());
    }
    int refused = sqs.sendMessageBatch(s -> s.queueUrl(queue).entries(entries)).failed().size();
    if (refused > 0) {
      LOG.warn("SQS refused {} announcements of jobs", refused);
    }
  }

  @Override
  public List<Job> take(List<String> kinds, int most, Duration lease) {
    List<Message> messages =
        sqs.receiveMessage(
                r ->
                    r.queueUrl(queue)
                        .maxNumberOfMessages(Math.min(most, MOST_IN_A_BATCH))
                        .visibilityTimeout(INVISIBLE_SECONDS)
                        .waitTimeSeconds((int) settings.listening().toSeconds()))
            .messages();
    if (messages.isEmpty()) {
      return List.of();
    }
    Map<String, String> handles = new LinkedHashMap<>();
    List<String> ids = new ArrayList<>();
    for (Message message : messages) {
      handles.put(message.messageId(), message.receiptHandle());
      String id = message.body();
      if (isId(id) && !ids.contains(id)) {
        ids.add(id);
      } else if (!isId(id)) {
        LOG.warn("a message in the queue of jobs is no job's id, and was removed");
      }
    }
    List<Job> taken = ids.isEmpty() ? List.of() : jobs.take(kinds, ids, lease);
    remove(List.copyOf(handles.values()));
    return taken;
  }

  private static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_ID
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  private void remove(List<String> handles) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (String handle : handles) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(handle)
              .build());
    }
    try {
      sqs.deleteMessageBatch(d -> d.queueUrl(queue).entries(entries));
    } catch (SdkException away) {
      // They come again, and find their jobs taken.
      LOG.info("messages were not removed: {}", away.getClass().getName());
    }
  }

  @Override
  public void lookForOverlooked(List<String> kinds) {
    List<String> overlooked = jobs.overlooked(kinds, MOST_OVERLOOKED, settings.overdue());
    if (!overlooked.isEmpty()) {
      LOG.info("{} overdue jobs are announced again", overlooked.size());
      overlooked.forEach(id -> announce(id, Duration.ZERO));
    }
  }

  @Override
  public void close() {
    isOpen = false;
    sender.interrupt();
    sqs.close();
  }
}
