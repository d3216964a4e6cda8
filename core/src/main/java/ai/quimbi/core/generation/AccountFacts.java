package ai.quimbi.core.generation;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a text about an account may state. What is `null` is not known and is not spoken of.
///
/// @param contract what the account pays a year, in words (`250,000 USD`); never told to it
/// @param standing how we judge the account; never told to it @param nextSteps what follows from
/// the signals for us to do, the most urgent first
public record AccountFacts(
    String name,
    @Nullable Renewal renewal,
    @Nullable Usage usage,
    @Nullable Support support,
    @Nullable String contract,
    @Nullable Standing standing,
    List<String> nextSteps) {

  public AccountFacts {
    name = plain(name);
    nextSteps = List.copyOf(nextSteps);
  }

  /// Names come from elsewhere; one line of plain words is all that a name is.
  static String plain(String name) {
    return Fold.of(name).replaceAll("[\\s|]+", " ").strip();
  }

  /// When the agreement renews; `days` whole days from now, 0 for one that is overdue.
  public record Renewal(LocalDate day, long days, boolean isOverdue) {}

  /// How many people use the product: the mean of the period's days, and the means of its first and
  /// last part.
  public record Usage(Course course, long average, long first, long last, int periodDays) {}

  /// Where usage is going.
  public enum Course {
    UP,
    DOWN,
    FLAT
  }

  /// How many tickets are open, and how many of the recent ones are grave.
  public record Support(int open, long grave) {}

  /// A health score with its level and signals.
  public record Standing(int score, String risk, List<String> signals) {
    public Standing {
      signals = List.copyOf(signals);
    }
  }
}
