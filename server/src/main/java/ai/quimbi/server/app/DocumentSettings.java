package ai.quimbi.server.app;

import ai.quimbi.server.app.Settings.InvalidSetting;
import ai.quimbi.server.store.AwsKey;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.documents.Documents;
import ai.quimbi.server.store.documents.FolderDocuments;
import ai.quimbi.server.store.documents.Layout;
import ai.quimbi.server.store.documents.PostgresDocuments;
import ai.quimbi.server.store.documents.S3Documents;
import ai.quimbi.server.store.documents.S3Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where documents are kept, as the settings say.
final class DocumentSettings {
  private DocumentSettings() {}

  /// The store of documents, and whether the tools read them instead of PostgreSQL's tables.
  record Kept(Documents documents, boolean isReadByTools) {}

  static Kept open(Config config, Databases databases) {
    return switch (config.documents().strip().toLowerCase(Locale.ROOT)) {
      case "postgres" -> new Kept(new PostgresDocuments(databases), false);
      case "folder" -> new Kept(folder(config), true);
      case "s3" -> new Kept(s3(config), true);
      default ->
          throw new InvalidSetting(
              "QUIMBI_DOCUMENTS must be postgres, folder or s3, was '" + config.documents() + "'");
    };
  }

  private static Documents folder(Config config) {
    if (!Files.isDirectory(config.documentsFolder())) {
      throw new InvalidSetting(
          "QUIMBI_DOCUMENTS_FOLDER: there is no folder "
              + config.documentsFolder().toAbsolutePath().normalize()
              + ". Make it, or name another.");
    }
    return new FolderDocuments(config.documentsFolder(), layout(config));
  }

  private static Documents s3(Config config) {
    if (config.s3Bucket().isBlank()) {
      throw new InvalidSetting("QUIMBI_DOCUMENTS=s3 needs a bucket: set QUIMBI_S3_BUCKET.");
    }
    boolean isAlways =
        switch (config.s3Checksums().strip().toLowerCase(Locale.ROOT)) {
          case "supported" -> true;
          case "required" -> false;
          default ->
              throw new InvalidSetting(
                  "QUIMBI_S3_CHECKSUMS must be supported or required, was '"
                      + config.s3Checksums()
                      + "'");
        };
    if (config.s3TimeoutMillis() < 1) {
      throw new InvalidSetting("QUIMBI_S3_TIMEOUT_MILLIS must be at least 1.");
    }
    try {
      return new S3Documents(
          new S3Settings(
              config.s3Bucket().strip(),
              config.awsRegion().strip(),
              address("QUIMBI_S3_ENDPOINT", config.s3Endpoint()),
              config.s3PathStyle(),
              isAlways,
              key(config),
              Duration.ofMillis(config.s3TimeoutMillis())),
          layout(config));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("QUIMBI_S3_BUCKET, QUIMBI_AWS_REGION: " + e.getMessage());
    }
  }

  private static Layout layout(Config config) {
    String tenant = config.documentsTenant().strip();
    try {
      return new Layout(config.documentsPrefix().strip(), tenant.isEmpty() ? null : tenant);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(
          "QUIMBI_DOCUMENTS_PREFIX, QUIMBI_DOCUMENTS_TENANT: " + e.getMessage());
    }
  }

  /// The pair of keys, or `null` for the usual chain; half a pair is a mistake.
  static @Nullable AwsKey key(Config config) {
    if (config.awsAccessKeyId().isBlank() != config.awsSecretAccessKey().isBlank()) {
      throw new InvalidSetting(
          "QUIMBI_AWS_ACCESS_KEY_ID and QUIMBI_AWS_SECRET_ACCESS_KEY are set together or not at"
              + " all.");
    }
    return config.awsAccessKeyId().isBlank()
        ? null
        : new AwsKey(config.awsAccessKeyId().strip(), config.awsSecretAccessKey().strip());
  }

  static @Nullable URI address(String name, String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      URI address = new URI(text.strip());
      if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
        return address;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new InvalidSetting(name + " must be an address such as http://host:9000, was " + text);
  }
}
