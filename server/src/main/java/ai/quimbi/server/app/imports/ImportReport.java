package ai.quimbi.server.app.imports;

import ai.quimbi.server.app.imports.RowResult.Rejected;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an import read and did. `orders` were accepted out of `rows`; `columns` says what each
/// column was taken for, `ignored` which were not used; `reasons` counts the refused rows by column
/// and reason, `examples` are the first hundred of them; `firstDay` and `lastDay` are of the
/// accepted orders in `zone`; `localDates` dates had no offset; `madeIds` order ids were made;
/// `hasStopped` says that rows after the last were not read. `stored` is `null` on a dry run.
public record ImportReport(
    long rows,
    long orders,
    long rejectedRows,
    Map<String, String> columns,
    List<String> ignored,
    Map<String, Long> reasons,
    List<Rejected> examples,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate lastDay,
    long localDates,
    ZoneId zone,
    long madeIds,
    boolean hasStopped,
    @Nullable Stored stored) {

  /// What the store made of the accepted orders.
  public record Stored(long changed, long duplicates, long customers) {}

  private static final int SHOWN = 20;

  public ImportReport {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    ignored = List.copyOf(ignored);
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    examples = List.copyOf(examples);
  }

  public ImportReport withStored(Stored stored) {
    return new ImportReport(
        rows,
        orders,
        rejectedRows,
        columns,
        ignored,
        reasons,
        examples,
        firstDay,
        lastDay,
        localDates,
        zone,
        madeIds,
        hasStopped,
        stored);
  }

  /// For a person, ending in a line break.
  public String toText() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("%,d rows: %,d orders, %,d rows refused\n", rows, orders, rejectedRows);
    if (firstDay != null) {
      text.format("  from %s to %s\n", firstDay, lastDay);
    }
    text.format("  columns  %s\n", String.join(", ", columns.values()));
    if (!ignored.isEmpty()) {
      text.format("  ignored  %s\n", String.join(", ", ignored));
    }
    if (localDates > 0) {
      text.format("  %,d dates without an offset were read in %s\n", localDates, zone);
    }
    if (madeIds > 0) {
      text.format(
          "  no order ids in the file: made from customer, date and count, the same each time\n");
    }
    if (stored == null) {
      text.format("  nothing was stored\n");
    } else {
      text.format(
          "  stored: %,d new or changed, %,d already there, %,d customers updated\n",
          stored.changed, stored.duplicates, stored.customers);
    }
    reasons.forEach((reason, count) -> text.format("  refused %,d: %s\n", count, reason));
    examples.stream()
        .limit(SHOWN)
        .forEach(
            rejected ->
                text.format(
                    "    line %d: %s\n",
                    rejected.line(), (rejected.column() + " " + rejected.reason()).strip()));
    if (hasStopped) {
      text.format("  stopped there; the rest of the file was not read\n");
    } else if (rejectedRows > 0) {
      text.format(
          "Mend these rows and import the file again: what is stored already stays as it is.\n");
    }
    return text.toString();
  }

  /// For `--json`: strings, numbers, lists and maps only.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", rows);
    map.put("orders", orders);
    map.put("rejected_rows", rejectedRows);
    map.put("columns", columns);
    map.put("ignored_columns", ignored);
    if (firstDay != null && lastDay != null) {
      map.put("first_day", firstDay.toString());
      map.put("last_day", lastDay.toString());
    }
    map.put("dates_without_offset", localDates);
    map.put("time_zone", zone.getId());
    map.put("made_order_ids", madeIds);
    map.put("stopped", hasStopped);
    map.put("rejections_by_reason", reasons);
    map.put(
        "rejections",
        examples.stream()
            .map(
                rejected ->
                    Map.of(
                        "line", rejected.line(),
                        "rows", rejected.rows(),
                        "column", rejected.column(),
                        "reason", rejected.reason()))
            .toList());
    if (stored != null) {
      map.put(
          "stored",
          Map.of(
              "changed", stored.changed,
              "duplicates", stored.duplicates,
              "customers", stored.customers));
    }
    return map;
  }
}
