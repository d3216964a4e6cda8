package ai.quimbi.server.api;

import static ai.quimbi.core.access.Scope.DATA_WRITE;
import static ai.quimbi.core.access.Scope.INTELLIGENCE_READ;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.jobs.Feed;
import ai.quimbi.server.jobs.JobHandler;
import ai.quimbi.server.jobs.PostgresFeed;
import ai.quimbi.server.jobs.Workers;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.documents.Documents;
import ai.quimbi.server.store.events.SavedSegments;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Jobs;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The work that outlives a request: refits, scoring, imports, exports. Started by a request, done
/// by workers of its own beside those of the copilot's tools, so that an hour of work stands in
/// nobody's way; taken up again after a kill, which is why each kind may be done twice.
public final class LongJobs implements AutoCloseable {
  static final String REFIT = "refit";
  static final String SCORE = "score";
  static final String EXPORT = "export";
  static final String IMPORT = "import";
  private static final int ATTEMPTS = 5;
  private static final Workers.Settings SETTINGS =
      new Workers.Settings(2, Duration.ofMillis(500), Duration.ofSeconds(15));

  private final Tenancy tenancy;
  private final Jobs rows;
  private final Feed feed;
  private final Workers workers;
  private final ExportJob exports;
  private final ImportUpload uploads;

  /// Starts the workers. `imports` does the kind `import`: it belongs to who reads files.
  public LongJobs(
      Databases databases,
      Tenancy tenancy,
      Refit refit,
      Upkeep upkeep,
      Documents documents,
      Jobs rows,
      JobHandler imports,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.rows = rows;
    this.feed = new PostgresFeed(rows, SETTINGS.pause());
    Scoreboard scoreboard = upkeep.scoreboard();
    Scores scores = new Scores(databases);
    SegmentBook book = new SegmentBook(tenancy, new SavedSegments(databases), scoreboard, scores);
    DocumentParts parts = new DocumentParts(documents, rows);
    this.exports = new ExportJob(tenancy, scoreboard, scores, book, parts, clock);
    this.uploads = new ImportUpload(parts);
    UpkeepJobs upkeepJobs = new UpkeepJobs(tenancy, refit, upkeep, clock);
    this.workers =
        Workers.start(
            rows,
            feed,
            Map.of(
                REFIT,
                upkeepJobs::refit,
                SCORE,
                upkeepJobs::score,
                AfterImport.KIND,
                upkeepJobs::afterImport,
                EXPORT,
                exports,
                IMPORT,
                imports),
            SETTINGS);
  }

  List<Route> routes() {
    Access read = Access.scope(INTELLIGENCE_READ);
    Access write = Access.scope(DATA_WRITE);
    return List.of(
        Route.post("/api/exports/customers", read, Body.NONE, this::startExport),
        Route.get("/api/exports/jobs/{job_id}", read, call -> one(call, EXPORT)),
        Route.get("/api/exports/jobs/{job_id}/file", read, this::file),
        Route.post(
                "/api/imports",
                write,
                Body.withFile("ImportRequest", Body.INGESTION_MAX_BYTES, "csv"),
                this::startImport)
            .idempotently(),
        Route.get("/api/imports/{job_id}", write, call -> one(call, IMPORT)),
        Route.post("/api/jobs", write, Body.json("JobRequest"), this::startUpkeep),
        Route.get("/api/admin/tenants/{tenant_id}/jobs/{job_id}", Access.ADMIN, this::ofTenant));
  }

  private Answer startExport(Call call) {
    Tenant tenant = tenancy.of(call);
    return started(start(tenant, EXPORT, call.tenantKey().keyId(), exports.input(call, tenant)));
  }

  private Answer startImport(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = JobIds.fresh(call.receivedAt());
    ObjectNode input = uploads.keep(tenant, id, call.body());
    return started(start(tenant, id, IMPORT, call.tenantKey().keyId(), input));
  }

  private Answer startUpkeep(Call call) {
    Tenant tenant = tenancy.of(call);
    String kind = call.body().path("kind").asText();
    ObjectNode none = Wire.JSON.createObjectNode();
    return started(
        start(tenant, JobIds.fresh(call.receivedAt()), kind, call.tenantKey().keyId(), none));
  }

  /// A refit that an administrator does not wait for.
  Answer startRefit(Tenant tenant, Call call) {
    ObjectNode none = Wire.JSON.createObjectNode();
    return started(start(tenant, JobIds.fresh(call.receivedAt()), REFIT, "admin", none));
  }

  private Job start(Tenant tenant, String kind, String startedBy, ExportJob.Wish wish) {
    return start(tenant, wish.jobId(), kind, startedBy, wish.input());
  }

  private Job start(Tenant tenant, String id, String kind, String startedBy, JsonNode input) {
    return feed.start(
        rows, new Jobs.Wish(id, tenant.id(), kind, startedBy, input.toString(), ATTEMPTS));
  }

  private static Answer started(Job job) {
    return Answer.ok(shown(job));
  }

  private Answer one(Call call, String kind) {
    return Answer.ok(withResult(found(tenancy.of(call), call, kind)));
  }

  private Answer ofTenant(Call call) {
    return Answer.ok(withResult(found(tenancy.named(call), call, REFIT)));
  }

  private Answer file(Call call) {
    Tenant tenant = tenancy.of(call);
    Job job = found(tenant, call, EXPORT);
    String result = job.result();
    if (job.status() != Job.Status.SUCCEEDED || result == null) {
      throw ApiError.of(
          ErrorCode.JOB_NOT_DONE,
          "This export is " + word(job) + ". Ask /api/exports/jobs/{job_id} until it succeeded.",
          Map.of("job_id", job.id(), "status", word(job), "percent", job.progress()));
    }
    return exports.file(tenant, job, tree(result));
  }

  private Job found(Tenant tenant, Call call, String kind) {
    String id = call.pathParameter("job_id");
    return rows.find(tenant.id(), id)
        .filter(job -> job.kind().equals(kind))
        .orElseThrow(
            () ->
                ApiError.of(
                    ErrorCode.JOB_NOT_FOUND, "There is no job of this id.", Map.of("job_id", id)));
  }

  /// A job as anybody of its tenant may see it.
  public static Map<String, Object> shown(Job job) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("job_id", job.id());
    shown.put("kind", job.kind());
    shown.put("status", word(job));
    shown.put("progress", job.progress());
    shown.put("attempts", job.lease());
    return shown;
  }

  private static Map<String, Object> withResult(Job job) {
    Map<String, Object> shown = shown(job);
    String result = job.result();
    if (result != null && tree(result).isObject()) {
      shown.put("result", tree(result));
    }
    return shown;
  }

  private static String word(Job job) {
    return job.status().name().toLowerCase(Locale.ROOT);
  }

  static JsonNode tree(String json) {
    try {
      return Wire.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a job holds what is no JSON", e);
    }
  }

  /// Lets the jobs at work end, for a moment; another server or the next start takes up the rest.
  @Override
  public void close() {
    workers.close();
  }
}
