package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.CustomerFilter;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.ScoreQuery;
import ai.quimbi.server.store.events.ScoreQuery.Place;
import ai.quimbi.server.store.events.Scores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All customers a query means, as a file. They are read page by page, so that a slow reader holds
/// neither memory nor a connection to the database.
final class CustomerExport {
  static final Set<String> OWN = Set.of("format");
  private static final int PAGE = 1_000;

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final Scores scores;
  private final SegmentBook book;

  CustomerExport(Tenancy tenancy, Scoreboard scoreboard, Scores scores, SegmentBook book) {
    this.book = book;
    this.tenancy = tenancy;
    this.scoreboard = scoreboard;
    this.scores = scores;
  }

  Answer customers(Call call) {
    Tenant tenant = tenancy.of(call);
    boolean isCsv = call.queryWord("format", List.of("csv", "ndjson"), "csv").equals("csv");
    CustomerFilter filter = book.filter(tenant, call.query(), OWN);
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    ScoreQuery query = new ScoreQuery(filter, ledger.scale());
    scoreboard.upToDate(tenant, call.receivedAt());
    // Read before the first byte is sent: what fails here is still an error and not a torn file.
    List<Score> first = scores.page(tenant, query, PAGE, null);
    return Answer.stream(
            isCsv ? "text/csv" : "application/x-ndjson",
            out -> {
              if (isCsv) {
                writeHeader(out);
              }
              List<Score> page = first;
              while (!page.isEmpty()) {
                for (Score score : page) {
                  write(ScoredCustomers.row(score, ledger), isCsv, out);
                }
                Place after = query.placeOf(page.getLast());
                page = page.size() < PAGE ? List.of() : scores.page(tenant, query, PAGE, after);
              }
            })
        .with(
            "Content-Disposition",
            "attachment; filename=\"customers." + (isCsv ? "csv" : "ndjson") + "\"");
  }

  static void writeHeader(OutputStream out) throws IOException {
    out.write(line(header()));
  }

  static void write(Map<String, Object> row, boolean isCsv, OutputStream out) throws IOException {
    if (isCsv) {
      List<String> cells = new ArrayList<>();
      for (Object value : row.values()) {
        if (value instanceof Map<?, ?> segments) {
          segments.values().forEach(segment -> cells.add(segment.toString()));
        } else {
          cells.add(value.toString());
        }
      }
      out.write(line(cells));
    } else {
      out.write(Wire.JSON.writeValueAsBytes(row));
      out.write('\n');
    }
  }

  // The same order as [ScoredCustomers#row], with the segments side by side.
  private static List<String> header() {
    List<String> names = new ArrayList<>(List.of("customer_id", "archetype_id"));
    Axis.MAIN.forEach(axis -> names.add(axis.label()));
    names.addAll(
        List.of("churn_risk", "churn_risk_level", "ltv_12mo", "lifetime_value", "confidence"));
    return names;
  }

  // RFC 4180: a cell with a comma, a quote or a line's end is quoted, quotes in it are doubled.
  private static byte[] line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      line.append(line.isEmpty() ? "" : ",");
      boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      line.append(isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
    }
    return line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}
