package ai.quimbi.server.app;

import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.benchmark.Insights;
import ai.quimbi.server.api.benchmark.MonthlyRelease;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.benchmark.Releases;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `./quimbi benchmark release`: the month's benchmarks, if they are not made yet.
@Command(
    name = "benchmark",
    description = "Make the month's industry benchmarks.",
    mixinStandardHelpOptions = true,
    subcommands = BenchmarkCommand.Release.class)
final class BenchmarkCommand {

  @Command(
      name = "release",
      description = "Do what is left of this month's releases. Done again, it changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Release implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Override
    public Integer call() {
      try (Installation installation = where.open("benchmark release")) {
        Databases databases = installation.databases();
        ModelShelf shelf = new ModelShelf(new Models(databases));
        Insights insights =
            new Insights(
                databases,
                new Tenancy(databases.tenants()),
                new Scoreboard(new Scores(databases), new Snapshots(databases), shelf));
        List<MonthlyRelease.Line> lines = insights.release().run(InstantSource.system().instant());
        String text =
            lines.stream()
                .map(line -> "%-16s %s".formatted(line.industry(), words(line.entry())))
                .collect(Collectors.joining("\n"));
        terminal.answer(
            lines.stream().map(BenchmarkCommand::shown).toList(),
            lines.isEmpty()
                ? "No tenant shares its figures yet: PUT /api/insights/contribution lets one in, and"
                    + " PUT /api/admin/tenants/ID/contribution approves its owner."
                : text);
        return 0;
      }
    }
  }

  /// What came of an industry's month, for people.
  static String words(Releases.Entry entry) {
    LocalDate basis = entry.basis();
    if (basis != null && basis.equals(entry.month())) {
      return "released, based on %d companies or more".formatted(entry.companies());
    }
    String why =
        entry.reason() == null
            ? ""
            : switch (entry.reason()) {
              case TOO_FEW_COMPANIES -> "fewer than 8 companies contribute";
              case TOO_FEW_CHANGES -> "fewer than three companies came, left or moved";
              case ONE_COMPANY_STANDS_OUT -> "one company stands out too far";
              case BUDGET_SPENT -> "the year's privacy budget is spent";
            };
    return basis == null
        ? "nothing released: " + why
        : "unchanged since %s: %s".formatted(basis.toString().substring(0, 7), why);
  }

  private static Map<String, Object> shown(MonthlyRelease.Line line) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("industry", line.industry());
    shown.put("month", line.entry().month().toString().substring(0, 7));
    LocalDate basis = line.entry().basis();
    shown.put(
        "outcome",
        basis == null ? "withheld" : basis.equals(line.entry().month()) ? "released" : "unchanged");
    if (line.entry().reason() != null) {
      shown.put("reason", line.entry().reason().name().toLowerCase(Locale.ROOT));
    }
    shown.put("is_new", line.isFresh());
    return shown;
  }
}
