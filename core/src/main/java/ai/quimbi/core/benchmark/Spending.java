package ai.quimbi.core.benchmark;

import java.time.LocalDate;
import java.util.List;

/// An industry's ledger of privacy: what its releases have cost its companies.
public record Spending(List<Entry> entries) {
  public static final double YEARLY_CAP = 48;

  public static final Spending NOTHING = new Spending(List.of());

  public record Entry(LocalDate month, double epsilon) {
    public Entry {
      if (!(epsilon >= 0)) {
        throw new IllegalArgumentException("epsilon is not negative, was " + epsilon);
      }
    }
  }

  public Spending {
    entries = List.copyOf(entries);
  }

  /// What the twelve months that end with `month` have cost.
  public double inYearOf(LocalDate month) {
    LocalDate first = month.withDayOfMonth(1).minusMonths(11);
    return entries.stream()
        .filter(entry -> !entry.month().isBefore(first) && !entry.month().isAfter(month))
        .mapToDouble(Entry::epsilon)
        .sum();
  }

  boolean allows(LocalDate month, double epsilon) {
    return inYearOf(month) + epsilon <= YEARLY_CAP + 1e-9;
  }
}
