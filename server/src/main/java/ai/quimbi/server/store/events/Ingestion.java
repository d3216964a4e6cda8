package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;

/// The outcome of storing a batch.
public sealed interface Ingestion {

  /// The batch was stored, but for the rows that were rejected under [OnError#CONTINUE]. `rows`
  /// holds a result for each row in its order, `customersUpdated` whose profiles changed.
  record Done(List<RowResult> rows, NavigableSet<String> customersUpdated) implements Ingestion {
    public Done {
      rows = List.copyOf(rows);
    }

    /// Rows that changed something.
    public int ingested() {
      return count(RowResult.Stored.class);
    }

    public int duplicates() {
      return count(RowResult.Duplicate.class);
    }

    public int rejected() {
      return count(RowResult.Rejected.class);
    }

    private int count(Class<? extends RowResult> kind) {
      return Math.toIntExact(rows.stream().filter(kind::isInstance).count());
    }
  }

  /// Nothing was stored: the faults by row, all of them.
  record Refused(NavigableMap<Integer, List<Fault>> faults) implements Ingestion {

    /// The faults with the row in their paths: `orders[3].total_price` for `array` `orders`.
    public List<Fault> of(String array) {
      List<Fault> all = new ArrayList<>();
      faults.forEach(
          (row, found) ->
              found.forEach(
                  fault ->
                      all.add(
                          new Fault(
                              array + "[" + row + "]." + fault.path(),
                              fault.code(),
                              fault.message()))));
      return all;
    }
  }
}
