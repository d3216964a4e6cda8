package ai.quimbi.server.app.imports;

import ai.quimbi.server.app.imports.RowResult.Accepted;
import ai.quimbi.server.app.imports.RowResult.Rejected;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// A file of transactions as a stream of orders and refusals, in the file's order. A row is an
/// order, or neighbouring rows of one order id are its lines where the file tells products.
///
/// Memory does not grow with the file, but for about twenty bytes for each different customer and
/// date where the file has no order ids (see [Occurrences]).
public final class CsvOrders implements Iterator<RowResult>, Closeable {
  private static final int MOST_ROWS_OF_AN_ORDER = 10_000;
  private static final Column[] OF_ORDER =
      Arrays.stream(Column.values()).filter(column -> !column.isOfLine()).toArray(Column[]::new);

  private final ImportSpec spec;
  private final TextInput text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final Header header;
  private final OrderRows orderRows;
  private final ReportCounts counts = new ReportCounts();
  private final Occurrences.@Nullable Recent finished;
  private final ArrayDeque<RowResult> ready = new ArrayDeque<>();
  private final long size;
  private List<Row> open = new ArrayList<>();
  private @Nullable BadRow openFault;
  private int openRows;
  private boolean isAtEnd;

  private CsvOrders(ImportSpec spec, TextInput text, long size) throws IOException, UnreadableFile {
    this.spec = spec;
    this.text = text;
    this.size = size;
    this.parser = CsvFile.parser(text);
    this.records = parser.iterator();
    this.header = Header.of(CsvFile.header(records, text));
    this.orderRows = new OrderRows(spec, header);
    this.finished = header.joinsRows() ? new Occurrences.Recent() : null;
  }

  /// Opens a file, packed by gzip or not. Close it in the end.
  public static CsvOrders open(Path file, ImportSpec spec) throws UnreadableFile {
    return CsvFile.open(file, (in, size) -> open(in, size, spec));
  }

  /// The same of a stream, with its number of bytes, 0 where unknown.
  public static CsvOrders open(InputStream in, long size, ImportSpec spec)
      throws UnreadableFile, IOException {
    try {
      return new CsvOrders(spec, TextInput.of(in), size);
    } catch (IOException | UnreadableFile e) {
      in.close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !isAtEnd) {
      read();
    }
    return !ready.isEmpty();
  }

  @Override
  public RowResult next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RowResult result = ready.removeFirst();
    counts.add(result);
    if (spec.isStrict() && result instanceof Rejected) {
      counts.stop();
      ready.clear();
      isAtEnd = true;
    }
    return result;
  }

  /// Counts a row that was accepted here as refused by whoever was to store it.
  public void refuse(Accepted row, String column, String reason) {
    counts.refuse(row, new Rejected(row.line(), row.rows(), column, reason));
  }

  /// How much of the file has been taken, 0 to 1, or NaN where its size is not known.
  public double share() {
    return size <= 0 ? Double.NaN : Math.min(1, (double) text.bytesRead() / size);
  }

  /// What has been read up to now.
  public ImportReport report() {
    return counts.report(header, orderRows, spec);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private void read() {
    long line = parser.getCurrentLineNumber() + 1;
    try {
      if (!records.hasNext()) {
        isAtEnd = true;
        finish();
        return;
      }
      Row row = new Row(header, records.next(), line);
      text.recordDone();
      if (!row.isEmpty()) {
        take(row);
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      isAtEnd = true;
      finish();
      ready.add(new Rejected(line, 1, "", unreadable(e)));
      counts.stop();
    }
  }

  private static String unreadable(RuntimeException e) {
    return e.getCause() instanceof ZipException || e.getCause() instanceof EOFException
        ? "is where the packed file breaks off: nothing after it was read"
        : "opens a quote that is never closed, or the file breaks off: nothing after it was read";
  }

  private void take(Row row) {
    if (!open.isEmpty() && header.joinsRows() && continues(row)) {
      if (openFault == null) {
        openFault = contradiction(row);
      }
      // What a bad order's further rows say is of no use.
      if (openFault == null || open.size() < 2) {
        open.add(row);
      }
      openRows++;
    } else {
      finish();
      open.add(row);
      openRows = 1;
    }
    if (!header.joinsRows()) {
      finish();
    }
  }

  private boolean continues(Row row) {
    Row first = open.getFirst();
    String id = row.get(Column.ORDER);
    return !id.isEmpty()
        && id.equals(first.get(Column.ORDER))
        && (!row.has(Column.SOURCE) || row.get(Column.SOURCE).equals(first.get(Column.SOURCE)));
  }

  /// Exports repeat the order's cells on each row or leave them empty after the first.
  private @Nullable BadRow contradiction(Row row) {
    if (open.size() >= MOST_ROWS_OF_AN_ORDER) {
      return new BadRow(header.nameOf(Column.ORDER), "has more rows than an order may have");
    }
    for (Column column : OF_ORDER) {
      if (row.has(column) && !row.get(column).equals(open.getFirst().get(column))) {
        return new BadRow(
            header.nameOf(column),
            "differs between rows of one order: give the order's value on each row, or on the"
                + " first alone");
      }
    }
    return null;
  }

  private void finish() {
    if (open.isEmpty()) {
      return;
    }
    Row first = open.getFirst();
    try {
      if (openFault != null) {
        throw openFault;
      }
      mustBeTogether(first);
      ready.add(new Accepted(orderRows.orderOf(open), first.line(), openRows));
    } catch (BadRow e) {
      ready.add(new Rejected(first.line(), openRows, e.column(), e.reason()));
    }
    open = new ArrayList<>();
    openFault = null;
  }

  private void mustBeTogether(Row first) throws BadRow {
    if (finished == null || first.has(Column.UPDATED)) {
      return;
    }
    String key = first.get(Column.SOURCE) + '\n' + first.get(Column.ORDER);
    if (finished.contains(key)) {
      throw new BadRow(
          header.nameOf(Column.ORDER),
          "came up before, further above: keep an order's rows together (sort by this column)");
    }
    finished.add(key);
  }
}
