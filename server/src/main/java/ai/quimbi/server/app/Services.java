package ai.quimbi.server.app;

import ai.quimbi.server.api.Backfill;
import ai.quimbi.server.api.DocumentParts;
import ai.quimbi.server.api.LongJobs;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.Routes;
import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.api.StoreErrors;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.Upkeep;
import ai.quimbi.server.api.benchmark.Insights;
import ai.quimbi.server.api.copilot.Copilot;
import ai.quimbi.server.api.generation.Generation;
import ai.quimbi.server.api.generation.Pens;
import ai.quimbi.server.api.generation.SharedBudget;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.DirectDoor;
import ai.quimbi.server.http.Limits;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.jobs.Feed;
import ai.quimbi.server.llm.LanguageModels;
import ai.quimbi.server.mcp.Offers;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.documents.Documents;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.Passes;
import ai.quimbi.server.store.events.PastRows;
import ai.quimbi.server.store.events.RefitLog;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import ai.quimbi.server.store.generation.ModelCosts;
import ai.quimbi.server.store.jobs.Jobs;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// All handlers and what works beside them, without a door to the outside: what a server and the
/// command `mcp` have in common.
record Services(
    Tenancy tenancy,
    ModelShelf shelf,
    Refit refit,
    RefitWatch refits,
    Upkeep upkeep,
    Insights insights,
    Limits limits,
    Copilot copilot,
    LongJobs longJobs,
    Documents documents,
    Feed feed,
    LanguageModels models,
    List<Route> routes,
    Contract contract,
    InstantSource clock)
    implements AutoCloseable {

  static Services on(
      Databases databases, Config config, PrometheusMeterRegistry metrics, InstantSource clock) {
    DocumentSettings.Kept kept = DocumentSettings.open(config, databases);
    Jobs jobs = new Jobs(databases.control());
    Feed feed = QueueSettings.feed(config, jobs);
    Tenancy tenancy = new Tenancy(databases.tenants());
    ModelShelf shelf = new ModelShelf(new Models(databases));
    Refit refit = new Refit(new Customers(databases), shelf, new RefitLog(databases), clock);
    Scoreboard scoreboard = new Scoreboard(new Scores(databases), new Snapshots(databases), shelf);
    RefitWatch refits =
        new RefitWatch(refit, scoreboard, config.refitAfterOrders(), metrics, clock);
    Upkeep upkeep =
        new Upkeep(
            refit,
            scoreboard,
            new Backfill(new Customers(databases), new PastRows(databases), shelf),
            new Passes(databases),
            Duration.ofDays(config.refitAfterDays()),
            config.refitAfterOrders());
    Limits limits =
        config.cluster()
            ? Limits.shared(databases.control().dataSource(), clock)
            : Limits.inMemory(clock);
    LanguageModels models =
        new LanguageModels(
            new SharedBudget(new ModelCosts(databases), LanguageModelSettings.perDay(config)));
    Pens pens =
        new Pens(
            tenancy,
            databases.vault(),
            LanguageModelSettings.provider(config),
            models,
            Duration.ofMillis(config.llmDeadlineMillis()));
    Copilot copilot =
        new Copilot(
            databases,
            tenancy,
            limits,
            kept.isReadByTools() ? kept.documents() : null,
            pens,
            jobs,
            feed,
            clock);
    LongJobs longJobs =
        new LongJobs(
            databases,
            tenancy,
            refit,
            upkeep,
            kept.documents(),
            jobs,
            new ImportJob(databases, tenancy, new DocumentParts(kept.documents(), jobs), clock),
            clock);
    List<Route> routes =
        new ArrayList<>(
            Routes.of(
                databases,
                tenancy,
                shelf,
                refit,
                upkeep,
                longJobs,
                refits,
                config.answersKeptMegabytes() * 1_000_000L));
    routes.addAll(copilot.routes());
    Generation generation = new Generation(databases, tenancy, shelf, pens);
    routes.addAll(generation.routes());
    Insights insights = new Insights(databases, tenancy, scoreboard);
    routes.addAll(insights.routes());
    return new Services(
        tenancy,
        shelf,
        refit,
        refits,
        upkeep,
        insights,
        limits,
        copilot,
        longJobs,
        kept.documents(),
        feed,
        models,
        List.copyOf(routes),
        Contract.load(),
        clock);
  }

  /// What is offered over the Model Context Protocol.
  Offers offers() {
    DirectDoor door = new DirectDoor(contract, routes, StoreErrors::of, clock);
    return Offers.of(door, contract.document(), copilot.toolDesk());
  }

  @Override
  public void close() {
    copilot.close();
    longJobs.close();
    feed.close();
    documents.close();
    refits.close();
    models.close();
  }
}
