package ai.quimbi.core.generation;

import java.util.Set;

/// One thing that may be done: when it applies, what it says, what is believed of its effect.
///
/// Templates hold `{value}` (High-value, New …), `{ltv}`, `{churn}`, `{churn_level}` (elevated,
/// moderate, low), `{at_risk}`, `{offer}`, `{product}`, `{policy}`; a play whose template needs
/// what is not known falls back to `plainReasoning`, which needs nothing.
///
/// @param id stable, unique in a playbook @param allOf signals that must all be seen @param anyOf
/// of these at least one, where there are any @param noneOf of these none @param group plays of one
/// group exclude each other, the best stays; empty is no group @param movesChurn whether the effect
/// is a share of the churn risk taken away, so that a retention
///     probability follows from it
/// @param effect the belief the tenant or the playbook configured, before any outcome
public record Play(
    String id,
    Scenario scenario,
    Set<Signal> allOf,
    Set<Signal> anyOf,
    Set<Signal> noneOf,
    String group,
    String action,
    String reasoning,
    String plainReasoning,
    boolean movesChurn,
    Beta effect) {

  public Play {
    allOf = Set.copyOf(allOf);
    anyOf = Set.copyOf(anyOf);
    noneOf = Set.copyOf(noneOf);
    if (id.isBlank() || action.isBlank() || plainReasoning.contains("{")) {
      throw new IllegalArgumentException("not a complete play: '" + id + "'");
    }
  }

  boolean applies(Set<Signal> seen) {
    return seen.containsAll(allOf)
        && (anyOf.isEmpty() || anyOf.stream().anyMatch(seen::contains))
        && noneOf.stream().noneMatch(seen::contains);
  }
}
