package ai.quimbi.core.copilot;

import ai.quimbi.core.copilot.Health.Risk;
import ai.quimbi.core.generation.Wording;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A question about all accounts: those that renew within some days, those at risk, the few that
/// need attention first.
public record Portfolio(@Nullable Integer renewsWithinDays, boolean isAtRisk, int limit) {
  private static final int USUAL_LIMIT = 10;
  private static final int MOST = 50;
  private static final Pattern SPAN =
      Pattern.compile("(\\d{1,4})\\s*(day|week|month)s?", Pattern.CASE_INSENSITIVE);
  private static final Pattern TOP = Pattern.compile("\\btop\\s+(\\d{1,2})\\b");

  /// One ranked account; `health` is `null` where usage or renewal are not known.
  public record Row(
      String customerId,
      String name,
      @Nullable Long daysToRenewal,
      boolean isOverdue,
      @Nullable Health health) {}

  /// Reads the question out of the message's words.
  public static Portfolio of(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    Matcher top = TOP.matcher(text);
    int limit = top.find() ? Math.clamp(Integer.parseInt(top.group(1)), 1, MOST) : USUAL_LIMIT;
    boolean isAtRisk = text.matches("(?s).*\\b(at risk|high risk|risky|churn\\w*|unhealthy)\\b.*");
    return new Portfolio(withinDays(text), isAtRisk, limit);
  }

  private static @Nullable Integer withinDays(String text) {
    Matcher span = SPAN.matcher(text);
    if (span.find()) {
      int count = Integer.parseInt(span.group(1));
      return switch (span.group(2)) {
        case "week" -> count * 7;
        case "month" -> count * 30;
        default -> count;
      };
    }
    return text.contains("renew") ? Health.NEAR_DAYS : null;
  }

  /// The accounts that fit, the lowest score first, then the nearest renewal. At risk is whoever is
  /// not at low risk. Accounts without a score come last, and fit no question about risk.
  public List<Row> rank(List<Row> accounts) {
    return accounts.stream()
        .filter(this::fits)
        .sorted(
            Comparator.comparingInt(Portfolio::score)
                .thenComparingLong(Portfolio::days)
                .thenComparing(Row::customerId))
        .limit(limit)
        .toList();
  }

  private boolean fits(Row row) {
    Integer within = renewsWithinDays;
    if (within != null && days(row) > within) {
      return false;
    }
    Health health = row.health();
    return !isAtRisk || (health != null && health.risk() != Risk.LOW);
  }

  private static int score(Row row) {
    Health health = row.health();
    return health == null ? Integer.MAX_VALUE : health.score();
  }

  private static long days(Row row) {
    Long days = row.daysToRenewal();
    return days == null ? Long.MAX_VALUE : days;
  }

  /// What the question was understood to be.
  public String description() {
    String text = isAtRisk ? "accounts at medium or high risk" : "accounts";
    return renewsWithinDays == null
        ? text
        : text + " that renew within " + Wording.count(renewsWithinDays, "day");
  }
}
