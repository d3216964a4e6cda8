package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.DocumentParts;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.jobs.JobHandler.Ending;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.documents.DocumentKey;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import ai.quimbi.server.store.documents.Documents;
import ai.quimbi.server.store.documents.PostgresDocuments;
import ai.quimbi.server.store.events.RefitLog;
import ai.quimbi.server.store.events.ScoreStatistics;
import ai.quimbi.server.store.events.Snapshots;
import ai.quimbi.server.store.events.Snapshots.Snapshot;
import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Job.Status;
import ai.quimbi.server.store.jobs.Jobs;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Refits, scoring, imports and exports as jobs, over a real server.
class LongJobsTest {
  private static final String EXPORT = "/api/exports/jobs/{job_id}";
  private static final String FILE = "/api/exports/jobs/{job_id}/file";
  private static final String IMPORT = "/api/imports/{job_id}";

  private final Customer quimbi = Quimbi.tenant();
  private final Jobs jobs = new Jobs(TestDatabase.databases().control());

  private static String csv(int customers) {
    return "customer_id,order_id,date,amount\n"
        + IntStream.range(0, customers * 3)
            .mapToObj(
                i ->
                    "c-%03d,o-%d,2026-0%d-0%d,%d.50\n"
                        .formatted(i % customers, i, 1 + i % 2, 1 + i % 9, 10 + i))
            .collect(Collectors.joining());
  }

  private String startImport(String csv) {
    String body = Wire.JSON.createObjectNode().put("source", "shop").put("csv", csv).toString();
    Reply reply = quimbi.post("/api/imports", body);
    assertEquals(200, reply.status(), reply.text());
    return reply.json().path("job_id").asText();
  }

  private JsonNode ended(String template, String id) throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      Reply reply = quimbi.get(template, template.replace("{job_id}", id));
      String status = reply.json().path("status").asText();
      if (status.equals("succeeded") || status.equals("failed")) {
        return reply.json();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not ended within 20 s: " + id);
  }

  // With what follows an import: a refit changes everybody's scores.
  private JsonNode imported(int customers) throws InterruptedException {
    JsonNode job = ended(IMPORT, startImport(csv(customers)));
    awaitWhatFollows();
    return job;
  }

  private void awaitWhatFollows() throws InterruptedException {
    for (int i = 0; i < 400 && waiting() > 0; i++) {
      Thread.sleep(50);
    }
    assertEquals(0, waiting());
  }

  private int waiting() {
    return TestDatabase.databases()
        .control()
        .read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) FROM job
                         WHERE tenant_id = :tenant AND kind = 'after_import'
                           AND status IN ('queued', 'running')
                        """)
                    .bind("tenant", quimbi.tenant().id())
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void an_import_is_a_job_and_its_report_the_commands() throws Exception {
    JsonNode job = imported(40);

    assertEquals("succeeded", job.path("status").asText());
    assertEquals(100, job.path("progress").asInt());
    assertEquals(120, job.at("/result/orders").asInt(), job.toString());
    assertEquals(200, quimbi.get("/api/customers/{customer_id}", "/api/customers/c-007").status());
    Reply seen = quimbi.get("/api/jobs/{job_id}", "/api/jobs/" + job.path("job_id").asText());
    assertEquals("import", seen.json().path("kind").asText());
  }

  @Test
  void what_an_import_brought_is_learned_from_scored_and_made_up_for_before_anybody_asks()
      throws Exception {
    imported(40);

    Tenant tenant = quimbi.tenant();
    Snapshots snapshots = new Snapshots(TestDatabase.databases());
    List<Snapshot> past = List.of();
    for (int i = 0; i < 400 && past.isEmpty(); i++) {
      Thread.sleep(50);
      past = snapshots.of(tenant, "c-007", 0, Integer.MAX_VALUE);
      past = past.stream().anyMatch(Snapshot::isRecomputed) ? past : List.of();
    }
    assertTrue(past.size() > 1, past.toString());
    assertEquals(40, new ScoreStatistics(TestDatabase.databases()).customers(tenant));
    assertEquals(
        "new_orders", new RefitLog(TestDatabase.databases()).last(tenant).orElseThrow().cause());
  }

  @Test
  void bad_rows_are_told_and_a_file_that_is_none_fails_with_the_reason() throws Exception {
    JsonNode report = ended(IMPORT, startImport("customer_id,date,amount\nc,2026-01-05,x\n"));
    assertEquals(1, report.at("/result/rejected_rows").asInt(), report.toString());

    JsonNode failed = ended(IMPORT, startImport("colour,shape\nred,round\n"));
    assertEquals("failed", failed.path("status").asText());
    assertTrue(failed.at("/result/error").asText().contains("customer"), failed.toString());
  }

  @Test
  void an_import_that_was_killed_in_the_middle_is_done_again_and_nothing_is_doubled()
      throws Exception {
    Tenant tenant = quimbi.tenant();
    Documents documents = new PostgresDocuments(TestDatabase.databases());
    byte[] file = csv(30).getBytes(StandardCharsets.UTF_8);
    documents.put(tenant, new DocumentKey("public", Kind.IMPORT, "k-000000"), file);
    Job job =
        new Job(
            "k",
            tenant.id(),
            "import",
            "test",
            "{\"source\":\"shop\",\"strict\":false,\"parts\":1,\"bytes\":" + file.length + "}",
            Status.RUNNING,
            0,
            1,
            5,
            null);
    ImportJob imports =
        new ImportJob(
            TestDatabase.databases(),
            new Tenancy(TestDatabase.databases().tenants()),
            new DocumentParts(documents, jobs),
            () -> Quimbi.NOW);

    assertThrows(
        IllegalStateException.class,
        () ->
            imports.run(
                job,
                percent -> {
                  throw new IllegalStateException("killed at " + percent);
                }));
    Ending.Succeeded again = (Ending.Succeeded) imports.run(job, percent -> {});
    JsonNode report = Quimbi.json(again.result());
    assertEquals(90, report.path("orders").asInt());
    awaitWhatFollows();
    String twice = export("csv");

    imports.run(job, percent -> {});
    awaitWhatFollows();
    assertEquals(twice, export("csv"));
    assertEquals(31, twice.lines().count());
  }

  private String export(String format) throws InterruptedException {
    Reply started =
        quimbi
            .caller()
            .send(
                "POST", "/api/exports/customers", "/api/exports/customers?format=" + format, null);
    assertEquals(200, started.status(), started.text());
    String id = started.json().path("job_id").asText();
    assertEquals("succeeded", ended(EXPORT, id).path("status").asText());
    return text(FILE.replace("{job_id}", id));
  }

  private String text(String path) {
    HttpResponse<byte[]> response = quimbi.caller().raw("GET", path, null);
    String text = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(200, response.statusCode(), text);
    return text;
  }

  @Test
  void an_exports_file_is_what_the_export_beside_a_request_gives() throws Exception {
    imported(50);

    for (String format : List.of("csv", "ndjson")) {
      String file = export(format);
      assertEquals(text("/api/exports/customers?format=" + format), file);
      assertEquals(format.equals("csv") ? 51 : 50, file.lines().count());
    }
  }

  @Test
  void an_empty_export_is_a_file_too_and_a_wrong_query_is_refused_at_once() throws Exception {
    assertEquals(1, export("csv").lines().count());
    assertEquals("", export("ndjson"));
    Reply refused =
        quimbi
            .caller()
            .send(
                "POST",
                "/api/exports/customers",
                "/api/exports/customers?churn_risk_min=much",
                null);
    assertEquals("VALIDATION_ERROR", refused.code());
  }

  @Test
  void a_file_that_is_not_written_yet_is_not_there_and_anothers_is_like_none() throws Exception {
    String broken = quimbi.tenant().id() + "-broken";
    jobs.start(
        new Jobs.Wish(broken, quimbi.tenant().id(), "export", "test", "no json, so it fails", 5));
    Reply early = quimbi.get(FILE, FILE.replace("{job_id}", broken));
    assertEquals("JOB_NOT_DONE", early.code());
    assertEquals(409, early.status());

    String imported = startImport(csv(1));
    assertEquals("JOB_NOT_FOUND", quimbi.get(EXPORT, EXPORT.replace("{job_id}", imported)).code());
    Customer other = Quimbi.tenant();
    for (String template : List.of(EXPORT, FILE, IMPORT, "/api/jobs/{job_id}")) {
      for (String id : List.of(broken, imported, "nobody")) {
        assertEquals("JOB_NOT_FOUND", other.get(template, template.replace("{job_id}", id)).code());
      }
    }
    ended(IMPORT, imported);
  }

  @Test
  void refits_and_scoring_run_as_jobs_for_tenants_and_administrators() throws Exception {
    imported(20);
    for (String kind : List.of("refit", "score")) {
      Reply started = quimbi.post("/api/jobs", "{\"kind\": \"" + kind + "\"}");
      assertEquals(200, started.status(), started.text());
      JsonNode job = ended("/api/jobs/{job_id}", started.json().path("job_id").asText());
      assertEquals("succeeded", job.path("status").asText(), kind);
    }
    String refit = "/api/admin/tenants/{tenant_id}/refit";
    String path = refit.replace("{tenant_id}", quimbi.tenant().id());
    Reply started = Quimbi.admin().send("POST", refit, path + "?async=true", null);
    String id = started.json().path("job_id").asText();
    ended("/api/jobs/{job_id}", id);
    Reply told =
        Quimbi.admin()
            .get(
                "/api/admin/tenants/{tenant_id}/jobs/{job_id}",
                "/api/admin/tenants/" + quimbi.tenant().id() + "/jobs/" + id);
    Reply waited = Quimbi.admin().send("POST", refit, path, null);
    assertEquals(waited.json().path("status"), told.json().at("/result/status"));
  }

  @Test
  void what_was_imported_is_not_kept_when_the_next_job_has_begun() throws Exception {
    imported(3);
    export("csv");

    Documents documents = new PostgresDocuments(TestDatabase.databases());
    assertEquals(List.of(), documents.list(quimbi.tenant(), Kind.IMPORT, 10));
  }

  @Test
  void the_same_idempotency_key_is_the_same_import() {
    String body =
        "{\"source\": \"shop\", \"csv\": \"customer_id,date,amount\\nc,2026-01-05,1\\n\"}";
    List<String> ids =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    quimbi
                        .caller()
                        .send(
                            "POST",
                            "/api/imports",
                            "/api/imports",
                            body,
                            "Idempotency-Key",
                            "import-1"))
            .map(reply -> reply.json().path("job_id").asText())
            .distinct()
            .toList();
    assertEquals(1, ids.size());
  }
}
