package ai.quimbi.core.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the release in force was made of: its members, and the votes they had then as far as they
/// are still members (who leaves takes the vote along).
public record Basis(Released released, Set<String> owners, Map<String, Contribution> votes) {
  /// Fewer members' changes would point at them.
  static final int CHANGED_TOGETHER = 3;

  // A vote has moved when one of its figures is this far from what it was.
  private static final double MOVED = 0.25;

  public Basis {
    owners = Set.copyOf(owners);
    votes = Map.copyOf(votes);
  }

  /// Whether a release of these members may differ from this one: at least three came or left, or
  /// nobody did and the figures of at least three have moved. Newcomers and leavers wait for
  /// company.
  boolean maySay(List<Member> members) {
    Set<String> now = new TreeSet<>();
    members.forEach(member -> now.add(member.owner()));
    Set<String> both = new TreeSet<>(now);
    both.retainAll(owners);
    int cameOrLeft = now.size() + owners.size() - 2 * both.size();
    return cameOrLeft == 0
        ? members.stream().filter(this::hasMoved).count() >= CHANGED_TOGETHER
        : cameOrLeft >= CHANGED_TOGETHER;
  }

  private boolean hasMoved(Member member) {
    Contribution then = new TreeMap<>(votes).get(member.owner());
    if (then == null) {
      return false;
    }
    for (Measure measure : Measure.values()) {
      double was = measure.of(then);
      if (Math.abs(measure.of(member.vote()) - was) > MOVED * was) {
        return true;
      }
    }
    return false;
  }
}
