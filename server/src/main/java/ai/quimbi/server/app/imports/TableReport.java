package ai.quimbi.server.app.imports;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What was read of a file and what became of it, counted as it is read.
public final class TableReport {
  private static final int MOST_EXAMPLES = 100;
  private static final int SHOWN = 20;

  private final String things;
  private boolean isStored;
  private final Map<String, String> columns;
  private final List<String> ignored;
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private long rows;
  private long refused;
  private long changed;

  private record Refusal(long line, String reason) {}

  TableReport(String things, boolean isStored, Map<String, String> columns, List<String> ignored) {
    this.things = things;
    this.isStored = isStored;
    this.columns = columns;
    this.ignored = ignored;
  }

  void row() {
    rows++;
  }

  void refuse(long line, String column, String reason) {
    refused++;
    String said = (column + " " + reason).strip();
    reasons.merge(said, 1L, Long::sum);
    if (refusals.size() < MOST_EXAMPLES) {
      refusals.add(new Refusal(line, said));
    }
  }

  void changed(int count) {
    changed += count;
  }

  /// Nothing of it was stored, since not all of it could be.
  void withhold() {
    isStored = false;
  }

  public long rejectedRows() {
    return refused;
  }

  /// For a person.
  public String toText() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("%,d rows: %,d %s, %,d refused\n", rows, rows - refused, things, refused);
    text.format("  columns  %s\n", String.join(", ", columns.values()));
    if (!ignored.isEmpty()) {
      text.format("  ignored  %s\n", String.join(", ", ignored));
    }
    if (isStored) {
      text.format(
          "  stored: %,d new or changed, %,d already there\n", changed, rows - refused - changed);
    } else {
      text.format("  nothing was stored\n");
    }
    reasons.forEach((reason, count) -> text.format("  refused %,d: %s\n", count, reason));
    refusals.stream()
        .limit(SHOWN)
        .forEach(one -> text.format("    line %d: %s\n", one.line(), one.reason()));
    if (refused > 0) {
      text.format(
          "Mend these rows and import the file again: what is stored already stays as it is.\n");
    }
    return text.toString().stripTrailing();
  }

  /// For `--json`.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", rows);
    map.put(things, rows - refused);
    map.put("rejected_rows", refused);
    map.put("columns", columns);
    map.put("ignored_columns", ignored);
    map.put("rejections_by_reason", reasons);
    map.put("rejections", refusals);
    if (isStored) {
      map.put("stored", Map.of("changed", changed, "duplicates", rows - refused - changed));
    }
    return map;
  }
}
