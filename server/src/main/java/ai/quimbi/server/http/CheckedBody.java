package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A body that was read strictly and satisfies its schema, but for the rows in `rowFaults`.
record CheckedBody(JsonNode tree, SortedMap<Integer, List<Fault>> rowFaults) {
  static final CheckedBody NONE =
      new CheckedBody(MissingNode.getInstance(), Collections.emptySortedMap());

  /// Refuses with all faults at once. With `byRow`, those inside a batch's rows are set aside.
  static CheckedBody of(byte[] bytes, Body.Json rule, boolean byRow, Contract contract) {
    StrictJson.Read read = StrictJson.read(bytes, rule.file());
    if (read.tree().isMissingNode()) {
      throw ApiError.invalid(read.faults());
    }
    List<Fault> faults = together(read.faults(), contract.faults(rule.schema(), read.tree()));
    if (faults.isEmpty()) {
      return new CheckedBody(read.tree(), Collections.emptySortedMap());
    }
    SortedMap<Integer, List<Fault>> ofRows = new TreeMap<>();
    List<Fault> ofAll = new ArrayList<>();
    for (Fault fault : faults) {
      int row = byRow ? row(fault.path(), rule.rows()) : -1;
      if (row < 0) {
        ofAll.add(fault);
      } else {
        ofRows.computeIfAbsent(row, any -> new ArrayList<>()).add(fault);
      }
    }
    if (!ofAll.isEmpty()) {
      throw ApiError.invalid(faults);
    }
    return new CheckedBody(read.tree(), ofRows);
  }

  /// What the strict reader replaced says nothing about the schema.
  private static List<Fault> together(List<Fault> strict, List<Fault> schema) {
    if (strict.isEmpty()) {
      return schema;
    }
    Set<String> told = strict.stream().map(Fault::path).collect(Collectors.toSet());
    List<Fault> all = new ArrayList<>(strict);
    schema.stream().filter(fault -> !told.contains(fault.path())).forEach(all::add);
    return all;
  }

  /// The row that `path` (`/orders/12/total_price`) lies in; -1 for none.
  private static int row(String path, @Nullable String rows) {
    if (rows == null || !path.startsWith("/" + rows + "/")) {
      return -1;
    }
    int start = rows.length() + 2;
    int end = path.indexOf('/', start);
    return Integer.parseInt(path.substring(start, end < 0 ? path.length() : end));
  }
}
