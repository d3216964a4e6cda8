package ai.quimbi.server.app.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// How a file is opened and its records are found, whatever they mean.
final class CsvFile {
  private CsvFile() {}

  /// Makes a reader of an open stream of so many bytes.
  interface Opening<T> {
    T of(InputStream in, long size) throws IOException, UnreadableFile;
  }

  static <T> T open(Path file, Opening<T> opening) throws UnreadableFile {
    try {
      if (Files.isDirectory(file)) {
        throw new UnreadableFile(file + " is a folder; name a file in it.");
      }
      return opening.of(Files.newInputStream(file), Files.size(file));
    } catch (NoSuchFileException e) {
      throw new UnreadableFile("There is no file " + file + ".");
    } catch (IOException e) {
      throw new UnreadableFile("Cannot read " + file + ": may this user read it?");
    }
  }

  static CSVParser parser(TextInput text) throws IOException {
    return CSVParser.builder()
        .setReader(text)
        .setFormat(
            CSVFormat.DEFAULT
                .builder()
                .setDelimiter(text.delimiter())
                .setIgnoreEmptyLines(false)
                .setTrailingData(true)
                .get())
        .get();
  }

  /// The cells of the first record.
  static List<String> header(Iterator<CSVRecord> records, TextInput text) throws UnreadableFile {
    try {
      if (!records.hasNext()) {
        throw new UnreadableFile("The file is empty.");
      }
      List<String> header = records.next().toList();
      text.recordDone();
      return header;
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new UnreadableFile("The first line has a quote that is never closed.");
    }
  }
}
