package ai.quimbi.server.store.documents;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.AwsKey;
import ai.quimbi.server.store.DocumentsUnavailable;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Documents as objects of a bucket. What was read is kept with its ETag, and S3 is asked each time
/// whether it still holds: a change is seen by the next read, and when S3 is away nothing is
/// answered from memory.
public final class S3Documents implements Documents {
  private static final int NOT_MODIFIED = 304;
  private static final int CACHE_BYTES = 64 * 1024 * 1024;
  private static final int LARGEST_CACHED = 256 * 1024;

  private final S3Client s3;
  private final String bucket;
  private final Layout layout;
  private final Cache<String, Held> held =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((String key, Held value) -> key.length() + value.content().length)
          .build();

  @SuppressWarnings("ArrayRecordComponent") // told apart by the etag
  private record Held(String etag, byte[] content) {}

  public S3Documents(S3Settings settings, Layout layout) {
    this.s3 = client(settings);
    this.bucket = settings.bucket();
    this.layout = layout;
  }

  private static S3Client client(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.isPathStyle())
            .requestChecksumCalculation(
                settings.usesChecksumsAlways()
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(
                settings.usesChecksumsAlways()
                    ? ResponseChecksumValidation.WHEN_SUPPORTED
                    : ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(credentials(settings.key()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(shorter(settings.timeout(), Duration.ofSeconds(2)))
                    .socketTimeout(settings.timeout()))
            .overrideConfiguration(
                o ->
                    o.apiCallTimeout(settings.timeout()).apiCallAttemptTimeout(settings.timeout()));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(@Nullable AwsKey key) {
    return key == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public Optional<byte[]> find(Tenant tenant, DocumentKey key) {
    for (Optional<String> place : List.of(layout.path(tenant, key), layout.flatPath(tenant, key))) {
      Optional<byte[]> found = place.flatMap(path -> asking("read", () -> read(path)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> read(String path) {
    Held known = held.getIfPresent(path);
    try (ResponseInputStream<GetObjectResponse> in =
        s3.getObject(
            get -> {
              get.bucket(bucket).key(path);
              if (known != null) {
                get.ifNoneMatch(known.etag());
              }
            })) {
      Long length = in.response().contentLength();
      if (length != null && length > MAX_BYTES) {
        in.abort();
        Documents.requireSize(length);
      }
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      Documents.requireSize(content.length);
      String etag = in.response().eTag();
      if (etag != null && content.length <= LARGEST_CACHED) {
        held.put(path, new Held(etag, content.clone()));
      }
      return Optional.of(content);
    } catch (NoSuchKeyException absent) {
      held.invalidate(path);
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_MODIFIED && known != null) {
        return Optional.of(known.content().clone());
      }
      throw e;
    } catch (IOException e) {
      throw new DocumentsUnavailable("an object of " + bucket + " broke off", e);
    }
  }

  @Override
  public void put(Tenant tenant, DocumentKey key, byte[] content) {
    Documents.requireSize(content.length);
    String path = placeOf(tenant, key);
    asking(
        "write",
        () -> s3.putObject(put -> put.bucket(bucket).key(path), RequestBody.fromBytes(content)));
  }

  @Override
  public void delete(Tenant tenant, DocumentKey key) {
    String path = placeOf(tenant, key);
    asking("remove", () -> s3.deleteObject(delete -> delete.bucket(bucket).key(path)));
  }

  private String placeOf(Tenant tenant, DocumentKey key) {
    return layout
        .path(tenant, key)
        .orElseThrow(
            () -> new DocumentsUnavailable("documents are kept for another tenant only", null));
  }

  @Override
  public List<DocumentKey> list(Tenant tenant, Kind kind, int most) {
    return layout
        .root(tenant)
        .map(root -> asking("list", () -> list(root, kind, most)))
        .orElse(List.of());
  }

  /// Owner by owner, so that other kinds' objects are not walked through.
  private List<DocumentKey> list(String root, Kind kind, int most) {
    List<DocumentKey> keys = new ArrayList<>();
    for (CommonPrefix first :
        s3.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(root).delimiter("/"))
            .commonPrefixes()) {
      boolean isFlat = first.prefix().equals(root + kind.folder() + "/");
      boolean isOtherFlat =
          !isFlat
              && Kind.ofFolder(first.prefix().substring(root.length()).replace("/", ""))
                  .isPresent();
      if (isOtherFlat || (isFlat && !kind.isTold())) {
        continue;
      }
      String under = isFlat ? first.prefix() : first.prefix() + kind.folder() + "/";
      int found = 0;
      for (S3Object object :
          s3.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(under)).contents()) {
        Layout.key(object.key().substring(root.length()), kind).ifPresent(keys::add);
        if (++found >= most) {
          break;
        }
      }
    }
    return keys.stream()
        .distinct()
        .sorted(Comparator.comparing(DocumentKey::owner).thenComparing(DocumentKey::id))
        .limit(most)
        .toList();
  }

  private <T> T asking(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw new DocumentsUnavailable(
          "cannot %s objects of the bucket %s".formatted(what, bucket), e);
    }
  }

  @Override
  public void close() {
    s3.close();
  }
}
