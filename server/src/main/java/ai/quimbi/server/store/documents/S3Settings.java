package ai.quimbi.server.store.documents;

import ai.quimbi.server.store.AwsKey;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a bucket is reached. Without keys of its own the usual chain of AWS finds them (environment,
/// profile, the machine's role). `usesChecksumsAlways` is for S3 itself; other servers of its
/// protocol may know only the checksums that they require.
public record S3Settings(
    String bucket,
    String region,
    @Nullable URI endpoint,
    boolean isPathStyle,
    boolean usesChecksumsAlways,
    @Nullable AwsKey key,
    Duration timeout) {

  public S3Settings {
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          "a bucket's name has 3 to 63 lower-case letters, digits, '.', '-', was '" + bucket + "'");
    }
    if (region.isBlank()) {
      throw new IllegalArgumentException("S3 needs a region");
    }
  }
}
