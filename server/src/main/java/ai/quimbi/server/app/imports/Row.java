package ai.quimbi.server.app.imports;

import org.apache.commons.csv.CSVRecord;

/// One row of the file under its header; an empty cell counts as not there.
record Row(Header header, CSVRecord cells, long line) {

  void mustFit() throws BadRow {
    for (int i = header.size(); i < cells.size(); i++) {
      if (!cells.get(i).isBlank()) {
        throw new BadRow(
            "", "has more cells than the header: put cells with a delimiter in quotes");
      }
    }
    if (cells.size() < header.size()) {
      throw new BadRow("", "has fewer cells than the header");
    }
  }

  /// The cell without surrounding spaces, `""` where there is none.
  String get(Column column) {
    int place = header.place(column);
    return place < 0 || place >= cells.size() ? "" : cells.get(place).strip();
  }

  boolean has(Column column) {
    return !get(column).isEmpty();
  }

  String need(Column column) throws BadRow {
    String cell = get(column);
    if (cell.isEmpty()) {
      throw new BadRow(nameOf(column), "is empty");
    }
    return cell;
  }

  String nameOf(Column column) {
    return header.nameOf(column);
  }

  boolean isEmpty() {
    return cells.size() == 1 && cells.get(0).isBlank();
  }
}
