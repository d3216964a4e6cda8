package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Author;
import ai.quimbi.core.copilot.Conclusion;
import ai.quimbi.core.copilot.Contract;
import ai.quimbi.core.copilot.EmailDraft;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Facts;
import ai.quimbi.core.copilot.Health;
import ai.quimbi.core.copilot.Intent;
import ai.quimbi.core.copilot.ModelChoice;
import ai.quimbi.core.copilot.Plan;
import ai.quimbi.core.copilot.Portfolio;
import ai.quimbi.core.copilot.QbrOutline;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.Tickets;
import ai.quimbi.core.copilot.Tool;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.core.copilot.ToolOutcome;
import ai.quimbi.core.copilot.Toolbox;
import ai.quimbi.core.copilot.Usage;
import ai.quimbi.core.generation.AccountWriter;
import ai.quimbi.core.generation.AccountWriter.Text;
import ai.quimbi.core.generation.LanguageModel;
import ai.quimbi.core.generation.Pen;
import ai.quimbi.core.generation.Redaction;
import ai.quimbi.server.api.generation.Pens;
import ai.quimbi.server.store.copilot.KnownAccounts;
import ai.quimbi.server.store.copilot.Weights;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers a message to the copilot: makes a plan, runs its tools, those of a phase at once, and
/// concludes. A tool that fails is noted, and the plan goes on.
final class Planner {
  private static final int MOST_ACCOUNTS = 5_000;

  private final KnownAccounts accounts;
  private final Weights weights;
  private final Tools tools;
  private final Pens pens;
  private final InstantSource clock;

  Planner(KnownAccounts accounts, Weights weights, Tools tools, Pens pens, InstantSource clock) {
    this.accounts = accounts;
    this.weights = weights;
    this.tools = tools;
    this.pens = pens;
    this.clock = clock;
  }

  /// Who asks: `owners` are those whose accounts they may see, `null` all of them.
  record Asker(Tenant tenant, @Nullable Set<String> owners) {
    boolean maySee(String owner) {
      return owners == null || owners.contains(owner);
    }
  }

  /// Hears what happens, in the order of its happening, from one thread at a time.
  interface Listener {
    void on(String event, ObjectNode data);
  }

  /// A tool that was called.
  record Used(String name, long tookMillis, ToolOutcome outcome) {}

  /// Answers with what `final` holds; the last event is not sent from here.
  ObjectNode answer(Asker asker, String message, @Nullable String selected, Listener listener) {
    List<Account> visible =
        accounts.list(asker.tenant(), MOST_ACCOUNTS, null).stream()
            .filter(account -> asker.maySee(account.owner()))
            .toList();
    Plan plan = plan(asker.tenant(), message, selected, visible);
    listener.on("plan", PlanJson.plan(plan));
    if (plan.intent() == Intent.PORTFOLIO) {
      return portfolio(asker, plan, message, listener);
    }
    String customerId = plan.customerId();
    if (customerId == null) {
      return PlanJson.conclusion(plan, Conclusion.withoutAccount(), List.of(), List.of());
    }
    Optional<Account> account =
        visible.stream().filter(a -> a.customerId().equals(customerId)).findFirst();
    Subject subject =
        new Subject(customerId, account.map(Account::owner).orElse(Subject.PUBLIC), false);
    List<Used> used = new ArrayList<>();
    for (Plan.Phase phase : plan.phases()) {
      used.addAll(run(asker, phase, subject, listener));
      listener.on("phase:complete", PlanJson.phase(phase));
    }
    Map<ToolName, ToolOutcome> outcomes = new EnumMap<>(ToolName.class);
    used.forEach(
        one -> ToolName.ofLabel(one.name()).ifPresent(t -> outcomes.put(t, one.outcome())));
    String name = account.map(Account::name).orElse(customerId);
    Facts facts = facts(asker.tenant(), name, outcomes);
    Conclusion byRules = Conclusion.of(plan, facts, outcomes);
    Text<String> summary =
        AccountWriter.summary(facts.stated(), byRules.summary(), pen(asker.tenant()));
    List<String> authors = new ArrayList<>();
    tell("The summary", new Author(summary.generator(), summary.reason()), authors);
    outcomes.forEach((tool, outcome) -> tell(tool.label(), author(outcome), authors));
    return PlanJson.conclusion(plan, byRules.saying(summary.value()), used, authors);
  }

  /// By rules; where the tenant has a language model, with the tools that it chooses.
  private Plan plan(
      Tenant tenant, String message, @Nullable String selected, List<Account> visible) {
    Plan byRules =
        Plan.of(
            message,
            selected,
            visible.stream().map(a -> new Plan.Candidate(a.customerId(), a.name())).toList());
    Pen pen = pen(tenant);
    LanguageModel model = pen.model();
    if (model == null) {
      return byRules;
    }
    String words = message.toLowerCase(Locale.ROOT);
    List<String> spokenOf =
        visible.stream()
            .flatMap(account -> Stream.of(account.name(), account.customerId()))
            .filter(name -> words.contains(name.toLowerCase(Locale.ROOT)))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    return ModelChoice.of(message, byRules, model, Redaction.of(spokenOf, pen.phones()));
  }

  private Pen pen(Tenant tenant) {
    return pens.of(tenant, LocalDate.ofInstant(clock.instant(), tenant.zone()));
  }

  private static @Nullable Author author(ToolOutcome outcome) {
    return switch (outcome) {
      case EmailDraft draft -> draft.author();
      case QbrOutline outline -> outline.author();
      default -> null;
    };
  }

  /// Who wrote a text is worth a line only where there was a choice.
  private static void tell(String what, @Nullable Author author, List<String> log) {
    if (author == null || (author.isComposer() && author.reason() == null)) {
      return;
    }
    log.add(
        what
            + " is by the "
            + (author.isComposer()
                ? "composer: " + author.reason() + "."
                : "language model " + author.name() + "."));
  }

  private List<Used> run(Asker asker, Plan.Phase phase, Subject subject, Listener listener) {
    Set<String> owners = asker.maySee(subject.owner()) ? Set.of(subject.owner()) : Set.<String>of();
    Used[] used = new Used[phase.tools().size()];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < used.length; i++) {
      int place = i;
      Tool tool = Tool.of(phase.tools().get(i), subject);
      synchronized (listener) {
        listener.on("tool:start", PlanJson.name(tool.name()));
      }
      threads.add(
          Thread.ofVirtual()
              .name("plan")
              .start(() -> used[place] = run(asker.tenant(), owners, tool, listener)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Used> all = new ArrayList<>();
    for (int i = 0; i < used.length; i++) {
      Used one = used[i];
      all.add(
          one != null
              ? one
              : new Used(
                  phase.tools().get(i).label(),
                  0,
                  new ToolFailure(Code.TOOL_FAILURE, "The tool was not finished.")));
    }
    return all;
  }

  private Used run(Tenant tenant, Set<String> owners, Tool tool, Listener listener) {
    long start = System.nanoTime();
    Tools.Ran ran = tools.run(tenant, owners, tool);
    Used used =
        new Used(tool.name().label(), (System.nanoTime() - start) / 1_000_000, ran.outcome());
    synchronized (listener) {
      if (!(ran.outcome() instanceof ToolFailure)) {
        listener.on("tool:complete", PlanJson.complete(used, ran.envelope().path("data")));
        PlanJson.patch(ran.outcome(), ran.envelope().path("data"))
            .ifPresent(patch -> listener.on("patch", patch));
      }
      listener.on("tool:end", PlanJson.used(used));
    }
    return used;
  }

  private Facts facts(Tenant tenant, String name, Map<ToolName, ToolOutcome> outcomes) {
    Usage usage = null;
    Tickets tickets = null;
    Contract contract = null;
    Health health = null;
    for (ToolOutcome outcome : outcomes.values()) {
      switch (outcome) {
        case Usage found -> usage = found;
        case Tickets found -> tickets = found;
        case Contract found -> contract = found;
        case Health found -> health = found;
        case EmailDraft _, QbrOutline _, ToolFailure _, ToolOutcome.Incomplete _ -> {}
      }
    }
    return new Facts(
        name,
        tenant.currency().getCurrencyCode(),
        usage,
        Tool.DEFAULT_PERIOD_DAYS,
        tickets,
        contract == null ? null : contract.renewal(),
        contract == null ? null : contract.arr(),
        health,
        clock.instant());
  }

  private ObjectNode portfolio(Asker asker, Plan plan, String message, Listener listener) {
    long start = System.nanoTime();
    Portfolio question = Portfolio.of(message);
    List<Portfolio.Row> rows = rows(asker.tenant(), account -> asker.maySee(account.owner()));
    List<Portfolio.Row> ranked = question.rank(rows);
    Conclusion byRules = Conclusion.ofPortfolio(question, ranked, rows.size());
    long took = (System.nanoTime() - start) / 1_000_000;
    listener.on("phase:complete", PlanJson.phase(new Plan.Phase("rank", List.of())));
    Text<String> summary =
        AccountWriter.ranking(Conclusion.ranked(byRules, ranked), pen(asker.tenant()));
    List<String> authors = new ArrayList<>();
    tell("The summary", new Author(summary.generator(), summary.reason()), authors);
    List<Used> used = List.of(new Used("rank_accounts", took, Tickets.NONE));
    return PlanJson.conclusion(plan, byRules.saying(summary.value()), used, authors);
  }

  private List<Portfolio.Row> rows(Tenant tenant, Predicate<Account> isVisible) {
    Instant now = clock.instant();
    Toolbox toolbox = new Toolbox(weights.current(tenant), now);
    List<Portfolio.Row> rows = new ArrayList<>();
    for (Evidence evidence : accounts.all(tenant, Tool.DEFAULT_PERIOD_DAYS).values()) {
      Account account = evidence.account();
      if (isVisible.test(account)) {
        Facts facts = toolbox.facts(evidence);
        Renewal renewal = account.renewal();
        rows.add(
            new Portfolio.Row(
                account.customerId(),
                account.name(),
                facts.daysToRenewal(),
                renewal != null && renewal.isOverdueAt(now),
                facts.health()));
      }
    }
    return rows;
  }
}
