package ai.quimbi.server.app.forecast;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// A CSV file read by the names in its header; case and spaces around them do not matter.
final class Table {
  private Table() {}

  /// One row and where it stands.
  record Row(long line, CSVRecord values, Columns columns) {
    String text(String name) {
      String value = textOrNull(name);
      if (value == null || value.isEmpty()) {
        throw FileFault.at(line, name + " is missing");
      }
      return value;
    }

    @Nullable String textOrNull(String name) {
      int at = columns.indexOf(name);
      return at < 0 || at >= values.size() ? null : values.get(at).strip();
    }

    /// A finite number; `NaN` and `Infinity` are none.
    double number(String name) {
      String text = text(name);
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, with the line.
      }
      throw FileFault.at(line, name + " is not a number: '" + text + "'");
    }
  }

  /// The header's names.
  record Columns(List<String> names) {
    Columns {
      names = names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    }

    boolean has(String name) {
      return indexOf(name) >= 0;
    }

    int indexOf(String name) {
      return names.indexOf(name.toLowerCase(Locale.ROOT));
    }
  }

  /// Reads all rows; `needed` columns must be there. Returns the header.
  static Columns read(Path file, List<String> needed, Consumer<Row> each) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get().parse(reader)) {
      Columns columns = null;
      for (CSVRecord values : parser) {
        if (columns == null) {
          columns = header(values, needed);
        } else {
          each.accept(new Row(parser.getCurrentLineNumber(), values, columns));
        }
      }
      if (columns == null) {
        throw new FileFault(
            file + " is empty: its first line should be " + String.join(",", needed));
      }
      return columns;
    } catch (NoSuchFileException e) {
      throw new FileFault("there is no file " + file);
    } catch (MalformedInputException e) {
      throw new FileFault(file + " is not UTF-8 text");
    } catch (java.io.UncheckedIOException e) {
      throw new FileFault(file + " is not a CSV file: " + e.getMessage());
    }
  }

  private static Columns header(CSVRecord values, List<String> needed) {
    List<String> names = values.toList();
    // A byte order mark belongs to no name.
    Columns columns = new Columns(names.stream().map(name -> name.replace("\uFEFF", "")).toList());
    for (String name : needed) {
      if (!columns.has(name)) {
        throw FileFault.at(
            1, "no column '" + name + "' in the header: " + String.join(",", columns.names()));
      }
    }
    return columns;
  }
}
