package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Fault;
import java.util.List;

/// What became of one row of a batch.
public sealed interface RowResult {

  /// It was new. `wins` is false where a version that is newer by `updated_at` was there already.
  record Stored(boolean wins) implements RowResult {}

  /// It was stored already, unchanged.
  record Duplicate() implements RowResult {}

  /// It was not stored. The faults' paths are relative to the row.
  record Rejected(List<Fault> faults) implements RowResult {
    public Rejected {
      faults = List.copyOf(faults);
    }
  }
}
