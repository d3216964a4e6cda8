package ai.quimbi.core.copilot;

import ai.quimbi.core.copilot.Tool.CalculateHealth;
import ai.quimbi.core.copilot.Tool.GenerateEmail;
import ai.quimbi.core.copilot.Tool.GenerateQbrOutline;
import ai.quimbi.core.copilot.Tool.GetContractInfo;
import ai.quimbi.core.copilot.Tool.GetCustomerUsage;
import ai.quimbi.core.copilot.Tool.GetRecentTickets;
import ai.quimbi.core.generation.Pen;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each tool answers to its evidence. Missing data is said to be missing, never replaced by a
/// neutral number, unless the caller asked for the lenient answer.
public final class Toolbox {
  private static final Usage NO_USAGE = new Usage(Trend.FLAT, 0, List.of());

  private final HealthWeights weights;
  private final Instant now;
  private final Pen pen;

  /// `pen` is what emails and outlines are written with.
  public Toolbox(HealthWeights weights, Instant now, Pen pen) {
    this.weights = weights;
    this.now = now;
    this.pen = pen;
  }

  /// Without a language model.
  public Toolbox(HealthWeights weights, Instant now) {
    this(weights, now, Pen.COMPOSER);
  }

  /// `evidence` is `null` where there is no such account for this owner.
  public ToolOutcome answer(Tool tool, @Nullable Evidence evidence) {
    if (evidence == null) {
      return ToolFailure.missing("No account with this customerId is stored.");
    }
    boolean isLenient = tool.subject().isLenient();
    return switch (tool) {
      case GetCustomerUsage _ -> usage(evidence, isLenient);
      case GetRecentTickets _ -> evidence.tickets();
      case GetContractInfo _ -> contract(evidence.account(), isLenient);
      case CalculateHealth _ -> health(evidence, isLenient);
      case GenerateEmail _ -> email(evidence, isLenient);
      case GenerateQbrOutline _ -> QbrOutline.of(facts(evidence), pen);
    };
  }

  private static ToolOutcome usage(Evidence evidence, boolean isLenient) {
    Usage usage = evidence.usage();
    if (usage != null) {
      return usage;
    }
    return isLenient
        ? new ToolOutcome.Incomplete(NO_USAGE)
        : ToolFailure.missing("Fewer than two days of usage are stored for this period.");
  }

  private static ToolOutcome contract(Account account, boolean isLenient) {
    Renewal renewal = account.renewal();
    BigDecimal arr = account.arr();
    if (renewal == null || arr == null) {
      return isLenient
          ? new ToolOutcome.Incomplete(
              new Contract(
                  renewal == null ? Renewal.UNKNOWN : renewal, arr == null ? BigDecimal.ZERO : arr))
          : ToolFailure.missing(
              renewal == null
                  ? "No renewal date is stored for this account."
                  : "No ARR is stored for this account.");
    }
    return new Contract(renewal, arr);
  }

  private ToolOutcome health(Evidence evidence, boolean isLenient) {
    Health health = health(evidence);
    if (evidence.usage() != null && evidence.account().renewal() != null) {
      return health;
    }
    return isLenient
        ? new ToolOutcome.Incomplete(health)
        : ToolFailure.missing(
            evidence.usage() == null
                ? "Health needs usage, and fewer than two days are stored for this period."
                : "Health needs the renewal date, and none is stored.");
  }

  private Health health(Evidence evidence) {
    Usage usage = evidence.usage();
    Renewal renewal = evidence.account().renewal();
    return Health.of(
        usage == null ? null : usage.trend(),
        evidence.tickets().openTickets(),
        renewal == null ? null : renewal.daysFrom(now),
        weights);
  }

  private ToolOutcome email(Evidence evidence, boolean isLenient) {
    boolean isComplete = evidence.account().renewal() != null;
    if (!isComplete && !isLenient) {
      return ToolFailure.missing("The email needs the renewal date, and none is stored.");
    }
    EmailDraft draft = EmailDraft.of(facts(evidence), pen);
    return isComplete ? draft : new ToolOutcome.Incomplete(draft);
  }

  /// Everything the evidence says; health only where it stands on its own.
  public Facts facts(Evidence evidence) {
    Account account = evidence.account();
    boolean isScored = evidence.usage() != null && account.renewal() != null;
    return new Facts(
        account.name(),
        account.currency(),
        evidence.usage(),
        evidence.periodDays(),
        evidence.tickets(),
        account.renewal(),
        account.arr(),
        isScored ? health(evidence) : null,
        now);
  }
}
