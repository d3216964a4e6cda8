package ai.quimbi.server.app.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// A file whose every row stands for itself, under a header whose names are mapped to fields. It is
/// read as files of orders are: packed or not, whatever its delimiter.
final class CsvTable implements Iterator<CsvTable.Line>, Closeable {
  private final TextInput text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> names;
  private final Map<Field, Integer> places = new HashMap<>();
  private @Nullable Line ready;
  private boolean isAtEnd;

  /// One row, or what is left of one that could not be read: then `fault` says why.
  record Line(CsvTable table, List<String> cells, long line, @Nullable String fault) {
    boolean has(Field field) {
      return !get(field).isEmpty();
    }

    /// The cell without surrounding spaces, `""` where there is none.
    String get(Field field) {
      Integer place = table.places.get(field);
      return place == null || place >= cells.size() ? "" : cells.get(place).strip();
    }

    String need(Field field) throws BadRow {
      String cell = get(field);
      if (cell.isEmpty()) {
        throw new BadRow(nameOf(field), "is empty");
      }
      return cell;
    }

    String nameOf(Field field) {
      return table.nameOf(field);
    }

    void mustBeWhole() throws BadRow {
      if (fault != null) {
        throw new BadRow("", fault);
      }
      if (cells.size() != table.names.size()) {
        throw new BadRow(
            "",
            cells.size() < table.names.size()
                ? "has fewer cells than the header"
                : "has more cells than the header: put cells with a delimiter in quotes");
      }
    }
  }

  private CsvTable(TextInput text, List<Field> fields) throws IOException, UnreadableFile {
    this.text = text;
    this.parser = CsvFile.parser(text);
    this.records = parser.iterator();
    this.names = CsvFile.header(records, text).stream().map(String::strip).toList();
    map(fields);
  }

  static CsvTable open(Path file, List<Field> fields) throws UnreadableFile {
    return CsvFile.open(file, (in, size) -> new CsvTable(TextInput.of(in), fields));
  }

  private void map(List<Field> fields) throws UnreadableFile {
    List<String> plain = names.stream().map(Header::plain).toList();
    for (Field field : fields) {
      field.names().stream()
          .filter(plain::contains)
          .findFirst()
          .ifPresent(name -> places.put(field, plain.indexOf(name)));
    }
    for (Field field : fields) {
      if (field.isRequired() && !has(field)) {
        throw new UnreadableFile(
            "No column "
                + field.name()
                + " in the header. Any of these names will do: "
                + String.join(", ", field.names()));
      }
    }
  }

  boolean has(Field field) {
    return places.containsKey(field);
  }

  /// The column's name as the file spells it.
  String nameOf(Field field) {
    Integer place = places.get(field);
    return place == null ? field.name() : names.get(place);
  }

  /// What each column was taken for.
  Map<String, String> meanings(List<Field> fields) {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (Field field : fields) {
      if (has(field)) {
        meanings.put(field.name(), nameOf(field));
      }
    }
    return meanings;
  }

  /// The columns that are not used, as the file spells them.
  List<String> ignored() {
    List<String> ignored = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!places.containsValue(i) && !names.get(i).isEmpty()) {
        ignored.add(names.get(i));
      }
    }
    return ignored;
  }

  @Override
  public boolean hasNext() {
    while (ready == null && !isAtEnd) {
      read();
    }
    return ready != null;
  }

  @Override
  public Line next() {
    Line next = hasNext() ? ready : null;
    if (next == null) {
      throw new NoSuchElementException();
    }
    ready = null;
    return next;
  }

  private void read() {
    long line = parser.getCurrentLineNumber() + 1;
    try {
      if (!records.hasNext()) {
        isAtEnd = true;
        return;
      }
      List<String> cells = records.next().toList();
      text.recordDone();
      boolean isBlank = cells.size() == 1 && cells.getFirst().isBlank();
      ready = isBlank ? null : new Line(this, cells, line, null);
    } catch (UncheckedIOException | IllegalStateException e) {
      isAtEnd = true;
      ready =
          new Line(
              this,
              List.of(),
              line,
              "opens a quote that is never closed, or the file breaks off: nothing after it was"
                  + " read");
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
