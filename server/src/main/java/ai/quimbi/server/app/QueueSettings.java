package ai.quimbi.server.app;

import ai.quimbi.server.app.Settings.InvalidSetting;
import ai.quimbi.server.jobs.Feed;
import ai.quimbi.server.jobs.PostgresFeed;
import ai.quimbi.server.jobs.SqsFeed;
import ai.quimbi.server.jobs.SqsSettings;
import ai.quimbi.server.jobs.Workers;
import ai.quimbi.server.store.jobs.Jobs;
import java.net.URI;
import java.util.Locale;

/// How workers hear of jobs, as the settings say.
final class QueueSettings {
  private QueueSettings() {}

  static Feed feed(Config config, Jobs jobs) {
    return switch (config.queue().strip().toLowerCase(Locale.ROOT)) {
      case "postgres" -> new PostgresFeed(jobs, Workers.Settings.DEFAULT.pause());
      case "sqs" -> sqs(config, jobs);
      default ->
          throw new InvalidSetting(
              "QUIMBI_QUEUE must be postgres or sqs, was '" + config.queue() + "'");
    };
  }

  private static Feed sqs(Config config, Jobs jobs) {
    URI queue = DocumentSettings.address("QUIMBI_SQS_QUEUE_URL", config.sqsQueueUrl());
    if (queue == null) {
      throw new InvalidSetting("QUIMBI_QUEUE=sqs needs a queue: set QUIMBI_SQS_QUEUE_URL.");
    }
    if (config.awsRegion().isBlank()) {
      throw new InvalidSetting("QUIMBI_QUEUE=sqs needs a region: set QUIMBI_AWS_REGION.");
    }
    return new SqsFeed(
        jobs,
        new SqsSettings(
            queue,
            config.awsRegion().strip(),
            DocumentSettings.address("QUIMBI_SQS_ENDPOINT", config.sqsEndpoint()),
            DocumentSettings.key(config),
            SqsSettings.USUAL_LISTENING,
            SqsSettings.USUAL_OVERDUE));
  }
}
