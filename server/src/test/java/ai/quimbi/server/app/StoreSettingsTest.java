package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Settings.InvalidSetting;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.jobs.Jobs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings of documents and of the queue: what does not fit stops the start and says which name.
class StoreSettingsTest {
  @TempDir private Path folder;

  private static String refused(Map<String, String> settings) {
    Config config = Settings.read(settings);
    InvalidSetting fault =
        assertThrows(
            InvalidSetting.class,
            () -> {
              DocumentSettings.open(config, TestDatabase.databases()).documents().close();
              QueueSettings.feed(config, new Jobs(TestDatabase.databases().control())).close();
            });
    return String.valueOf(fault.getMessage());
  }

  private static Map<String, String> s3(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("QUIMBI_DOCUMENTS", "s3");
    settings.put("QUIMBI_S3_BUCKET", "bucket");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  @Test
  void what_does_not_fit_is_told_by_its_name() {
    assertTrue(refused(Map.of("QUIMBI_DOCUMENTS", "ftp")).startsWith("QUIMBI_DOCUMENTS must be"));
    assertTrue(
        refused(Map.of("QUIMBI_DOCUMENTS", "folder", "QUIMBI_DOCUMENTS_FOLDER", "/no/such"))
            .contains("QUIMBI_DOCUMENTS_FOLDER"));
    assertTrue(refused(Map.of("QUIMBI_DOCUMENTS", "s3")).contains("QUIMBI_S3_BUCKET"));
    assertTrue(refused(s3("QUIMBI_S3_BUCKET", "UPPER")).contains("QUIMBI_S3_BUCKET"));
    assertTrue(refused(s3("QUIMBI_S3_CHECKSUMS", "no")).contains("QUIMBI_S3_CHECKSUMS"));
    assertTrue(refused(s3("QUIMBI_S3_ENDPOINT", "host:9000")).contains("QUIMBI_S3_ENDPOINT"));
    assertTrue(
        refused(s3("QUIMBI_AWS_ACCESS_KEY_ID", "id")).contains("QUIMBI_AWS_SECRET_ACCESS_KEY"));
    assertTrue(refused(Map.of("QUIMBI_QUEUE", "kafka")).startsWith("QUIMBI_QUEUE must be"));
    assertTrue(refused(Map.of("QUIMBI_QUEUE", "sqs")).contains("QUIMBI_SQS_QUEUE_URL"));
  }

  @Test
  void a_prefix_that_tenants_would_share_needs_the_name_of_its_tenant() {
    assertTrue(refused(s3("QUIMBI_DOCUMENTS_PREFIX", "data")).contains("QUIMBI_DOCUMENTS_TENANT"));
    assertTrue(refused(s3("QUIMBI_DOCUMENTS_PREFIX", "../{tenant}")).contains("PREFIX"));
    DocumentSettings.open(
            Settings.read(
                Map.of(
                    "QUIMBI_DOCUMENTS",
                    "folder",
                    "QUIMBI_DOCUMENTS_FOLDER",
                    folder.toString(),
                    "QUIMBI_DOCUMENTS_PREFIX",
                    "data",
                    "QUIMBI_DOCUMENTS_TENANT",
                    "acme")),
            TestDatabase.databases())
        .documents()
        .close();
  }

  @Test
  void keys_are_never_shown() {
    Map<String, String> settings =
        s3("QUIMBI_AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", "QUIMBI_AWS_SECRET_ACCESS_KEY", "hush-hush");

    List<Settings.Line> lines = Settings.describe(settings);
    assertFalse(lines.toString().contains("AKIAEXAMPLE"));
    assertFalse(lines.toString().contains("hush-hush"));
    assertFalse(
        String.valueOf(DocumentSettings.key(Settings.read(settings))).contains("hush-hush"));
  }
}
