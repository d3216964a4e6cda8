package ai.quimbi.server.api;

import static ai.quimbi.core.access.Scope.DATA_WRITE;
import static ai.quimbi.core.access.Scope.INSIGHTS_READ;
import static ai.quimbi.core.access.Scope.INTELLIGENCE_READ;

import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Passes;
import ai.quimbi.server.store.events.PastRows;
import ai.quimbi.server.store.events.SavedSegments;
import ai.quimbi.server.store.events.ScoreStatistics;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import java.util.List;

/// The part of the table of routes that is about many customers at once, or one over time.
final class SegmentRoutes {
  private final Archetypes archetypes;
  private final Batch batch;
  private final ScoredCustomers scored;
  private final SimilarCustomers similar;
  private final CustomerHistory history;
  private final SegmentationReport report;
  private final Campaigns campaigns;
  private final CustomerExport export;
  private final Migrations migrations;
  private final SegmentBook book;
  private final ScoringReport scoring;

  SegmentRoutes(
      Databases databases,
      Tenancy tenancy,
      ModelShelf shelf,
      Subjects subjects,
      Customers customers,
      Upkeep upkeep) {
    Scores scores = new Scores(databases);
    Snapshots snapshots = new Snapshots(databases);
    Scoreboard scoreboard = upkeep.scoreboard();
    this.book = new SegmentBook(tenancy, new SavedSegments(databases), scoreboard, scores);
    this.archetypes = new Archetypes(tenancy, scoreboard, new ScoreStatistics(databases));
    this.batch = new Batch(tenancy, subjects);
    this.scored = new ScoredCustomers(tenancy, scoreboard, scores, book);
    this.similar = new SimilarCustomers(tenancy, subjects, scoreboard, scores);
    this.history = new CustomerHistory(tenancy, subjects, scoreboard, customers, snapshots);
    this.report = new SegmentationReport(tenancy, shelf, scoreboard, customers);
    this.campaigns = new Campaigns(tenancy, scoreboard, scores, book);
    this.export = new CustomerExport(tenancy, scoreboard, scores, book);
    this.migrations =
        new Migrations(tenancy, upkeep, snapshots, new PastRows(databases), customers, shelf);
    this.scoring = new ScoringReport(tenancy, shelf, scoreboard, scores, new Passes(databases));
  }

  List<Route> routes() {
    Access read = Access.scope(INTELLIGENCE_READ);
    return List.of(
        Route.post(
            "/api/intelligence/analyze/batch",
            read,
            Body.json("AnalyzeBatchRequest"),
            batch::analyze),
        Route.get("/api/intelligence/archetypes", read, archetypes::archetypes),
        Route.get("/api/intelligence/archetypes/migration", read, migrations::of),
        Route.get("/api/intelligence/segments/stats", read, archetypes::segments),
        Route.post(
            "/api/intelligence/campaigns/recommend",
            read,
            Body.json("CampaignRequest"),
            campaigns::recommend),
        Route.get("/api/customers/{customer_id}/similar", read, similar::similar),
        Route.get("/api/customers/{customer_id}/history", read, history::of),
        Route.get("/api/exports/customers", read, export::customers),
        Route.put(
            "/api/segments/{segment_id}",
            Access.scope(DATA_WRITE),
            Body.json("SavedSegmentPut"),
            book::put),
        Route.get("/api/segments", read, book::list),
        Route.get("/api/segments/{segment_id}", read, book::one),
        Route.delete("/api/segments/{segment_id}", Access.scope(DATA_WRITE), book::delete),
        Route.get("/api/insights/scoring", Access.scope(INSIGHTS_READ), scoring::of),
        Route.get("/api/insights/segmentation", Access.scope(INSIGHTS_READ), report::of));
  }

  /// The list of customers: from the scores where the query filters or sorts.
  Answer customers(Call call, CustomerPages plain) {
    return ScoredCustomers.isMeant(call) ? scored.list(call) : plain.list(call);
  }
}
