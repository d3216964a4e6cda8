package ai.quimbi.core.copilot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the copilot will do about a message: for which account, and which tools, phase by phase.
/// The tools of a phase depend on nothing and run at once; at most [#MOST_TOOLS] in all.
public record Plan(
    Intent intent,
    @Nullable String customerId,
    List<Phase> phases,
    List<String> decisions,
    Source source) {
  public static final int MOST_TOOLS = 5;

  /// Who chose the tools.
  public enum Source {
    DETERMINISTIC,
    MODEL;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<ToolName> READING =
      List.of(
          ToolName.GET_CUSTOMER_USAGE,
          ToolName.GET_RECENT_TICKETS,
          ToolName.GET_CONTRACT_INFO,
          ToolName.CALCULATE_HEALTH);

  public Plan {
    phases = List.copyOf(phases);
    decisions = List.copyOf(decisions);
    if (phases.stream().mapToInt(phase -> phase.tools().size()).sum() > MOST_TOOLS) {
      throw new IllegalArgumentException("a plan has at most " + MOST_TOOLS + " tools");
    }
  }

  public record Phase(String name, List<ToolName> tools) {
    public Phase {
      tools = List.copyOf(tools);
    }
  }

  /// An account that a message may mean.
  public record Candidate(String customerId, String name) {}

  /// `selected` is the account on the caller's screen, or `null`. An account that the message names
  /// goes before it.
  public static Plan of(String message, @Nullable String selected, List<Candidate> accounts) {
    Intent intent = Intent.of(message);
    List<String> decisions = new ArrayList<>();
    decisions.add("The message asks for: " + intent.label() + ".");
    if (intent == Intent.PORTFOLIO) {
      decisions.add("It is about all accounts, so they are ranked and no single tool is called.");
      return new Plan(intent, null, List.of(), decisions, Source.DETERMINISTIC);
    }
    String named = mentioned(message, accounts).orElse(null);
    String customerId = named != null ? named : selected;
    if (customerId == null) {
      decisions.add("It names no account and none is selected, so no tool is called.");
      return new Plan(intent, null, List.of(), decisions, Source.DETERMINISTIC);
    }
    decisions.add(
        (named != null ? "The message names the account " : "The selected account is ")
            + customerId
            + ".");
    List<ToolName> tools = new ArrayList<>(READING);
    switch (intent) {
      case EMAIL -> tools.add(ToolName.GENERATE_EMAIL);
      case QBR -> tools.add(ToolName.GENERATE_QBR_OUTLINE);
      case PORTFOLIO, CHURN, RENEWAL, HEALTH, SUMMARY -> {}
    }
    decisions.add(told(tools));
    return new Plan(intent, customerId, phases(tools), decisions, Source.DETERMINISTIC);
  }

  /// The same plan with one more decision on record.
  Plan noting(String decision) {
    return new Plan(intent, customerId, phases, with(decision), source);
  }

  /// A plan for the same account with tools that a model chose.
  Plan choosing(Intent meant, List<ToolName> tools, String model) {
    return new Plan(
        meant, customerId, phases(tools), with(model + " chose. " + told(tools)), Source.MODEL);
  }

  /// A ranking of all accounts, by the choice of a model.
  Plan rankingAll(String model) {
    return new Plan(
        Intent.PORTFOLIO,
        null,
        List.of(),
        with(model + " chose to rank all accounts."),
        Source.MODEL);
  }

  private List<String> with(String decision) {
    List<String> more = new ArrayList<>(decisions);
    more.add(decision);
    return more;
  }

  private static String told(List<ToolName> tools) {
    return "Tools: " + String.join(", ", tools.stream().map(ToolName::label).toList()) + ".";
  }

  /// Reading comes first; what is written may then be noted beside it.
  private static List<Phase> phases(List<ToolName> tools) {
    List<Phase> phases = new ArrayList<>();
    List<ToolName> reading = tools.stream().filter(tool -> !tool.isWriting()).toList();
    List<ToolName> writing = tools.stream().filter(ToolName::isWriting).toList();
    if (!reading.isEmpty()) {
      phases.add(new Phase("gather", reading));
    }
    if (!writing.isEmpty()) {
      phases.add(new Phase("write", writing));
    }
    return phases;
  }

  /// The account whose id or name stands in the message; of several the longest text wins, so that
  /// "Acme East" is not taken for "Acme".
  static Optional<String> mentioned(String message, List<Candidate> accounts) {
    String text = words(message);
    record Hit(int length, String customerId) {}
    List<Hit> hits = new ArrayList<>();
    for (Candidate account : accounts) {
      for (String key : List.of(account.customerId(), account.name())) {
        String wanted = words(key);
        if (!wanted.isBlank() && text.contains(wanted)) {
          hits.add(new Hit(wanted.length(), account.customerId()));
        }
      }
    }
    return hits.stream()
        .min(Comparator.comparingInt((Hit hit) -> -hit.length()).thenComparing(Hit::customerId))
        .map(Hit::customerId);
  }

  /// Lower case, everything between words one space, a space at both ends.
  private static String words(String text) {
    return " " + text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + " ";
  }
}
