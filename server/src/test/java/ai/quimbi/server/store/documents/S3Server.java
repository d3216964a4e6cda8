package ai.quimbi.server.store.documents;

import ai.quimbi.server.store.AwsKey;
import ai.quimbi.server.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Adobe's S3Mock as a process of its own, from the libraries that the build has put into
/// `testbed/target/s3mock`.
public final class S3Server {
  public static final String BUCKET = "quimbi-test";
  private static final Pattern STARTED = Pattern.compile("Tomcat started on ports (\\d+)");
  private static final AwsKey KEY = new AwsKey("test", "test");

  private final URI address;

  private S3Server(URI address) {
    this.address = address;
  }

  /// One for all tests of a JVM; not to be closed.
  public static S3Server shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final S3Server SERVER = start();
  }

  private static S3Server start() {
    Path libraries = Path.of("../testbed/target/s3mock");
    Assertions.assertTrue(
        Files.isDirectory(libraries),
        "the S3 server is missing: mvn -pl server -am test-compile unpacks it into " + libraries);
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx160m",
                  "-cp",
                  libraries.resolve("*").toString(),
                  "com.adobe.testing.s3mock.S3MockApplication",
                  "--server.port=0",
                  "--server.ssl.enabled=false",
                  "--http.port=0",
                  "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET,
                  "--com.adobe.testing.s3mock.store.root=" + TestDatabase.inMemory("quimbi-s3"))
              .redirectErrorStream(true)
              .start();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
      URI address = URI.create("http://127.0.0.1:" + portOf(process));
      return new S3Server(address);
    } catch (IOException e) {
      throw new IllegalStateException("the S3 server cannot be started", e);
    }
  }

  private static String portOf(Process process) throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.add(line);
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread.ofVirtual().start(() -> drain(log));
        return started.group(1);
      }
    }
    throw new IllegalStateException("the S3 server ended: " + String.join("\n", said));
  }

  /// So that its log does not fill the pipe and stop it.
  private static void drain(BufferedReader log) {
    try {
      while (log.readLine() != null) {
        // nobody asks for it
      }
    } catch (IOException ended) {
      // with the server
    }
  }

  public URI address() {
    return address;
  }

  public S3Settings settings() {
    return settings(BUCKET, Duration.ofSeconds(10));
  }

  S3Settings settings(String bucket, Duration timeout) {
    return new S3Settings(bucket, "us-east-1", address, true, true, KEY, timeout);
  }

  /// A client of the tests' own, to put and look at objects as others would.
  public S3Client client() {
    return S3Client.builder()
        .endpointOverride(address)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY.id(), KEY.secret())))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
