package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// Exports, imports, refits and scoring that go on beside the requests. Got from
/// [QuimbiClient#jobs]. What is started is asked about until it [has ended][Job#hasEnded].
public final class Jobs {
  private static final String EXPORTS = "/api/exports/";
  private static final String IMPORTS = "/api/imports";

  private final Connection connection;
  private final Runnable forget;

  /// `forget` makes a cache forget all it remembers: an import may be about anybody.
  Jobs(Connection connection, Runnable forget) {
    this.connection = connection;
    this.forget = forget;
  }

  /// Writes every customer whom a filter means (see [QuimbiClient#exportCustomers]) into a file.
  /// `format` is `csv` or `ndjson`.
  public Job startExport(String format, Map<String, String> filter) {
    String form = Arguments.oneOf("format", format, "csv", "ndjson");
    String path = EXPORTS + "customers?format=" + form + Call.query(filter);
    return Job.of(connection.send(new Call("POST", path, null, Map.of(), false)));
  }

  public Job exportJob(String jobId) {
    return Job.of(connection.send(Call.get(path(EXPORTS + "jobs", jobId))));
  }

  /// The file of an export that has succeeded, written as it comes; it is kept for seven days.
  public void exportFile(String jobId, OutputStream file) throws IOException {
    Call call = Call.get(path(EXPORTS + "jobs", jobId) + "/file");
    connection.copy(call, "text/csv, application/x-ndjson", file);
  }

  /// Imports a CSV file of orders, header line first, at most 10 MB; a bad row does not stop the
  /// others.
  public Job startImport(String source, String csv) {
    return startImport(source, csv, false, IngestOptions.fresh().idempotencyKey());
  }

  /// The same; a `strict` import stops at the first bad row. Sent again under the same key it
  /// starts nothing anew.
  public Job startImport(String source, String csv, boolean strict, String idempotencyKey) {
    ObjectNode body = Json.object();
    body.put("source", Arguments.id("source", source)).put("csv", Arguments.text("csv", csv));
    body.put("strict", strict);
    String key = Arguments.headerValue("idempotencyKey", idempotencyKey);
    try {
      return Job.of(connection.send(Call.ask(IMPORTS, body).with("Idempotency-Key", key)));
    } finally {
      forget.run();
    }
  }

  /// An import as it stands; its `result` is the report, with the rows that were rejected.
  public Job importJob(String jobId) {
    Job job = Job.of(connection.send(Call.get(path(IMPORTS, jobId))));
    if (job.hasEnded()) {
      forget.run();
    }
    return job;
  }

  /// `refit` fits the models to the data there is now, `score` brings everybody's scores up to
  /// date. Both happen by themselves too. [QuimbiClient#job] tells how far it is.
  public Job start(String kind) {
    JsonNode body = Json.object().put("kind", Arguments.oneOf("kind", kind, "refit", "score"));
    return Job.of(connection.send(Call.once("/api/jobs", body)));
  }

  private static String path(String above, String jobId) {
    return above + "/" + Call.segment(Arguments.text("jobId", jobId));
  }
}
