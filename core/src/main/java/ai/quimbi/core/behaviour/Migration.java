package ai.quimbi.core.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How a tenant's customers moved between archetypes over a period: the largest moves first, then
/// by id. Customers known at only one end are counted as `arrived` and `left`.
public record Migration(List<Move> moves, int arrived, int left) {

  /// `customers` were `from` and are `to`; those who stayed have both the same.
  public record Move(String from, String to, int customers) {}

  public Migration {
    moves = List.copyOf(moves);
  }

  /// From each customer's archetype id at either end.
  public static Migration between(Map<String, String> before, Map<String, String> after) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    int arrived = 0;
    for (Map.Entry<String, String> now : after.entrySet()) {
      String from = before.get(now.getKey());
      if (from == null) {
        arrived++;
      } else {
        counts.computeIfAbsent(from, id -> new TreeMap<>()).merge(now.getValue(), 1, Integer::sum);
      }
    }
    List<Move> moves = new ArrayList<>();
    counts.forEach((from, tos) -> tos.forEach((to, n) -> moves.add(new Move(from, to, n))));
    // The sort is stable: equal counts stay in the order of their ids.
    moves.sort((a, b) -> Integer.compare(b.customers(), a.customers()));
    int left = (int) before.keySet().stream().filter(id -> !after.containsKey(id)).count();
    return new Migration(moves, arrived, left);
  }
}
