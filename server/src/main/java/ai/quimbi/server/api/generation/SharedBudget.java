package ai.quimbi.server.api.generation;

import ai.quimbi.server.llm.Budget;
import ai.quimbi.server.llm.Spend;
import ai.quimbi.server.store.generation.ModelCosts;
import ai.quimbi.server.store.generation.ModelCosts.Cost;
import java.time.LocalDate;

/// The budget that all servers of an installation share: each tenant's spending is counted in its
/// database. A server that dies with a request under way leaves what that could have cost counted.
public final class SharedBudget implements Budget {
  private final ModelCosts costs;
  private final Cost limit;

  /// `perDay` is what each tenant may spend in a day.
  public SharedBudget(ModelCosts costs, Spend perDay) {
    this.costs = costs;
    this.limit = cost(perDay);
  }

  @Override
  public boolean reserve(String tenantId, LocalDate day, Spend atMost) {
    return costs.add(tenantId, day, cost(atMost), limit);
  }

  @Override
  public void settle(String tenantId, LocalDate day, Spend setAside, Spend spent) {
    costs.correct(tenantId, day, cost(setAside), cost(spent));
  }

  @Override
  public Spend spentOn(String tenantId, LocalDate day) {
    Cost cost = costs.on(tenantId, day);
    return new Spend(cost.tokens(), cost.money());
  }

  private static Cost cost(Spend spend) {
    return new Cost(spend.tokens(), spend.money());
  }
}
