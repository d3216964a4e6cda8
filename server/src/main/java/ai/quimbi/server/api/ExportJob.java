package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.CustomerFilter;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.jobs.JobHandler;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.ScoreQuery;
import ai.quimbi.server.store.events.ScoreQuery.Place;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.jobs.Job;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Writes all customers a query means into documents, to be fetched later. Begun again after a
/// kill, it begins from the front: scores may have moved, and a file is of one moment or of none.
final class ExportJob implements JobHandler {
  private static final int PAGE = 1_000;
  private static final int PART_BYTES = 2 * 1024 * 1024;

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final Scores scores;
  private final SegmentBook book;
  private final DocumentParts parts;
  private final InstantSource clock;

  ExportJob(
      Tenancy tenancy,
      Scoreboard scoreboard,
      Scores scores,
      SegmentBook book,
      DocumentParts parts,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.scoreboard = scoreboard;
    this.scores = scores;
    this.book = book;
    this.parts = parts;
    this.clock = clock;
  }

  /// What an export's job begins with.
  record Wish(String jobId, ObjectNode input) {}

  /// Reads the query; a wrong one is refused now and not by the job.
  Wish input(Call call, Tenant tenant) {
    String format = call.queryWord("format", List.of("csv", "ndjson"), "csv");
    book.filter(tenant, call.query(), CustomerExport.OWN);
    ObjectNode input = Wire.JSON.createObjectNode().put("format", format);
    ObjectNode query = input.putObject("query");
    new TreeMap<>(call.query()).forEach(query::put);
    return new Wish(JobIds.fresh(call.receivedAt()), input);
  }

  @Override
  public Ending run(Job job, IntConsumer progress) throws IOException {
    Tenant tenant = tenancy.ofId(job.tenantId());
    JsonNode input = LongJobs.tree(job.input());
    boolean isCsv = input.path("format").asText().equals("csv");
    Map<String, String> asked = new TreeMap<>();
    input
        .path("query")
        .properties()
        .forEach(entry -> asked.put(entry.getKey(), entry.getValue().asText()));
    CustomerFilter filter = book.filter(tenant, asked, CustomerExport.OWN);
    parts.sweep(tenant, clock.instant());
    scoreboard.completely(tenant, clock.instant());
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    ScoreQuery query = new ScoreQuery(filter, ledger.scale());
    long most = Math.max(1, scores.customers(tenant));

    ByteArrayOutputStream part = new ByteArrayOutputStream();
    if (isCsv) {
      CustomerExport.writeHeader(part);
    }
    int count = 0;
    long written = 0;
    @Nullable Place after = null;
    List<Score> page;
    do {
      page = scores.page(tenant, query, PAGE, after);
      for (Score score : page) {
        CustomerExport.write(ScoredCustomers.row(score, ledger), isCsv, part);
      }
      written += page.size();
      if (part.size() >= PART_BYTES) {
        parts.put(tenant, Kind.EXPORT, job.id(), count++, part.toByteArray());
        part.reset();
      }
      progress.accept((int) Math.min(99, 100 * written / most));
      after = page.isEmpty() ? null : query.placeOf(page.getLast());
    } while (page.size() == PAGE);
    parts.put(tenant, Kind.EXPORT, job.id(), count++, part.toByteArray());
    ObjectNode result =
        Wire.JSON
            .createObjectNode()
            .put("rows", written)
            .put("format", isCsv ? "csv" : "ndjson")
            .put("parts", count)
            .put("file", "/api/exports/jobs/" + job.id() + "/file");
    return new Ending.Succeeded(result.toString());
  }

  /// The file of an export that has ended.
  Answer file(Tenant tenant, Job job, JsonNode result) {
    int count = result.path("parts").asInt();
    boolean isCsv = result.path("format").asText().equals("csv");
    // Read before the first byte is sent: what fails here is still an error and not a torn file.
    byte[] first = parts.read(tenant, Kind.EXPORT, job.id(), 0);
    return Answer.stream(
            isCsv ? "text/csv" : "application/x-ndjson",
            out -> {
              out.write(first);
              for (int part = 1; part < count; part++) {
                out.write(parts.read(tenant, Kind.EXPORT, job.id(), part));
              }
            })
        .with(
            "Content-Disposition",
            "attachment; filename=\"customers." + (isCsv ? "csv" : "ndjson") + "\"");
  }
}
