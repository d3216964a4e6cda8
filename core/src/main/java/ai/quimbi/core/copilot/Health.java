package ai.quimbi.core.copilot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account's health by fixed rules: each component scores 0 to 100, the weighted sum is rounded
/// half to even. The sums are exact integers, so a half is a half.
public record Health(int score, Risk risk, List<String> signals, List<Component> components)
    implements ToolResult {
  /// Renewals nearer than this are near; those as near as this still count in the middle.
  public static final int NEAR_DAYS = 60;

  public static final int FAR_DAYS = 180;

  public Health {
    signals = List.copyOf(signals);
    components = List.copyOf(components);
  }

  /// What one component contributed. `score` 0 to 100, `weight` in ten-thousandths.
  public record Component(String name, int score, int weight) {}

  /// What the score says about keeping the account.
  public enum Risk {
    LOW("low"),
    MEDIUM("medium"),
    HIGH("high");

    private final String label;

    Risk(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    static Risk ofScore(int score) {
      if (score >= 75) {
        return LOW;
      }
      return score >= 50 ? MEDIUM : HIGH;
    }
  }

  /// `trend` and `daysToRenewal` are `null` only in a lenient answer: they then count as flat and
  /// as 60 to 180 days, and give no signal.
  public static Health of(
      @Nullable Trend trend, int openTickets, @Nullable Long daysToRenewal, HealthWeights weights) {
    List<String> signals = new ArrayList<>();
    if (trend != null) {
      signals.add("usage_" + trend.label());
    }
    signals.add(ticketSignal(openTickets));
    if (daysToRenewal != null && daysToRenewal < NEAR_DAYS) {
      signals.add("renewal_near");
    } else if (daysToRenewal != null && daysToRenewal > FAR_DAYS) {
      signals.add("renewal_far");
    }
    List<Component> components =
        List.of(
            new Component("usage", usageScore(trend), weights.usage()),
            new Component("tickets", ticketScore(openTickets), weights.tickets()),
            new Component("renewal", renewalScore(daysToRenewal), weights.renewal()));
    int sum = components.stream().mapToInt(part -> part.score() * part.weight()).sum();
    int score = roundHalfEven(sum);
    return new Health(score, Risk.ofScore(score), signals, components);
  }

  private static int usageScore(@Nullable Trend trend) {
    return switch (trend) {
      case UP -> 100;
      case DOWN -> 0;
      case FLAT -> 50;
      case null -> 50;
    };
  }

  private static int ticketScore(int open) {
    if (open == 0) {
      return 100;
    }
    if (open <= 2) {
      return 80;
    }
    return open <= 5 ? 50 : 20;
  }

  private static String ticketSignal(int open) {
    if (open == 0) {
      return "no_tickets";
    }
    return open <= 2 ? "few_tickets" : "many_tickets";
  }

  private static int renewalScore(@Nullable Long days) {
    if (days == null) {
      return 70;
    }
    if (days > FAR_DAYS) {
      return 100;
    }
    return days >= NEAR_DAYS ? 70 : 30;
  }

  private static int roundHalfEven(int sum) {
    int whole = sum / HealthWeights.WHOLE;
    int twiceRest = 2 * (sum % HealthWeights.WHOLE);
    boolean isUp =
        twiceRest > HealthWeights.WHOLE || (twiceRest == HealthWeights.WHOLE && whole % 2 == 1);
    return isUp ? whole + 1 : whole;
  }
}
