package ai.quimbi.server.llm;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// A budget in memory, for tests of what spends it.
final class MemoryBudget implements Budget {
  private final Spend limit;
  private final Map<String, Day> days = new HashMap<>();

  private record Day(LocalDate day, Spend spent) {}

  MemoryBudget(Spend limit) {
    this.limit = limit;
  }

  @Override
  public synchronized boolean reserve(String tenantId, LocalDate day, Spend atMost) {
    Spend after = spentOn(tenantId, day).plus(atMost);
    if (after.exceeds(limit)) {
      return false;
    }
    days.put(tenantId, new Day(day, after));
    return true;
  }

  @Override
  public synchronized void settle(String tenantId, LocalDate day, Spend setAside, Spend spent) {
    Day known = days.get(tenantId);
    // After midnight the old day no longer matters.
    if (known != null && known.day().equals(day)) {
      days.put(tenantId, new Day(day, known.spent().minus(setAside).plus(spent)));
    }
  }

  @Override
  public synchronized Spend spentOn(String tenantId, LocalDate day) {
    Day known = days.get(tenantId);
    return known != null && known.day().equals(day) ? known.spent() : Spend.NOTHING;
  }
}
