package ai.quimbi.server.jobs;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// An SQS of the test's own (ElasticMQ) on loopback, and a client of it beside the tested one.
public final class LocalSqs implements AutoCloseable {
  /// Id and secret of the only key, which opens everything.
  public static final String KEY = "test";

  private final SQSRestServer server =
      SQSRestServerBuilder.withPort(0).withInterface("127.0.0.1").start();
  private final URI address =
      URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
  private final SqsClient client =
      SqsClient.builder()
          .endpointOverride(address)
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .build();

  public URI address() {
    return address;
  }

  public SqsClient client() {
    return client;
  }

  /// Makes a queue; its URL names this server as ElasticMQ knows it.
  public String queue(String name) {
    return client.createQueue(q -> q.queueName(name)).queueUrl();
  }

  /// The queue's URL at another address.
  public static URI at(URI address, String queue) {
    return URI.create(queue.replaceFirst("http://[^/]+", address.toString()));
  }

  /// The messages that are in the queue, those on their way to somebody included.
  public int left(String queue) {
    return client
        .getQueueAttributes(
            q ->
                q.queueUrl(queue)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
