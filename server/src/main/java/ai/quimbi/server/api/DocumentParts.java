package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Subject;
import ai.quimbi.server.store.DocumentsUnavailable;
import ai.quimbi.server.store.documents.DocumentKey;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import ai.quimbi.server.store.documents.Documents;
import ai.quimbi.server.store.jobs.Jobs;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// A job's file as numbered documents, each small enough to be held in memory. A part that is
/// written again has its old content or its new.
public final class DocumentParts {
  private static final Duration LEFT_BEHIND_AFTER = Duration.ofDays(1);
  private static final int MOST_SWEPT = 10_000;

  private final Documents documents;
  private final Jobs jobs;

  public DocumentParts(Documents documents, Jobs jobs) {
    this.documents = documents;
    this.jobs = jobs;
  }

  void put(Tenant tenant, Kind kind, String jobId, int part, byte[] content) {
    documents.put(tenant, key(kind, jobId, part), content);
  }

  /// One part; where it is gone, the store is not what it was.
  byte[] read(Tenant tenant, Kind kind, String jobId, int part) {
    return documents
        .find(tenant, key(kind, jobId, part))
        .orElseThrow(
            () -> new DocumentsUnavailable("a part of the job " + jobId + " is not there", null));
  }

  /// All parts together, for files as large as a request.
  public byte[] whole(Tenant tenant, Kind kind, String jobId, int parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int part = 0; part < parts; part++) {
      whole.writeBytes(read(tenant, kind, jobId, part));
    }
    return whole.toByteArray();
  }

  /// Removes what nobody will read any more: files whose import has ended, and parts of jobs that
  /// are forgotten. Every import and export begins with it.
  public void sweep(Tenant tenant, Instant now) {
    for (Kind kind : List.of(Kind.IMPORT, Kind.EXPORT)) {
      for (DocumentKey key : documents.list(tenant, kind, MOST_SWEPT)) {
        int dash = key.id().lastIndexOf('-');
        String jobId = dash < 0 ? "" : key.id().substring(0, dash);
        if (isLeftBehind(tenant, kind, jobId, now)) {
          documents.delete(tenant, key);
        }
      }
    }
  }

  /// A file that was just sent has no job for a moment.
  private boolean isLeftBehind(Tenant tenant, Kind kind, String jobId, Instant now) {
    return jobs.find(tenant.id(), jobId)
        .map(job -> kind == Kind.IMPORT && job.isEnded())
        .orElseGet(() -> JobIds.isOlder(jobId, LEFT_BEHIND_AFTER, now));
  }

  private static DocumentKey key(Kind kind, String jobId, int part) {
    return new DocumentKey(
        Subject.PUBLIC, kind, String.format(Locale.ROOT, "%s-%06d", jobId, part));
  }
}
