package ai.quimbi.server.api;

import ai.quimbi.core.customer.Fault;
import java.util.List;

/// Turns the core's paths (`items[2].price`) into the contract's JSON pointers (`/items/2/price`).
final class Pointers {
  private Pointers() {}

  /// The faults with their paths below `prefix`.
  static List<ai.quimbi.server.http.Fault> of(String prefix, List<Fault> faults) {
    return faults.stream()
        .map(
            fault ->
                new ai.quimbi.server.http.Fault(
                    prefix + pointer(fault.path()), fault.code(), fault.message()))
        .toList();
  }

  private static String pointer(String path) {
    return path.isEmpty()
        ? ""
        : "/" + path.replace("].", "/").replace("[", "/").replace("]", "").replace(".", "/");
  }
}
