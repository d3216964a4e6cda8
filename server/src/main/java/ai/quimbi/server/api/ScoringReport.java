package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Passes;
import ai.quimbi.server.store.events.Scores;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/// How far the scores of a tenant's customers are: for those who wait for them.
final class ScoringReport {
  private final Tenancy tenancy;
  private final ModelShelf shelf;
  private final Scoreboard scoreboard;
  private final Scores scores;
  private final Passes passes;

  ScoringReport(
      Tenancy tenancy, ModelShelf shelf, Scoreboard scoreboard, Scores scores, Passes passes) {
    this.tenancy = tenancy;
    this.shelf = shelf;
    this.scoreboard = scoreboard;
    this.scores = scores;
    this.passes = passes;
  }

  Answer of(Call call) {
    Tenant tenant = tenancy.of(call);
    String version = shelf.of(tenant).version();
    int today = ModelShelf.ledgerOf(tenant).dayOf(call.receivedAt());
    Scores.State state = scores.state(tenant);
    long scored = scores.scored(tenant, today, version);
    boolean isRunning = scoreboard.running(tenant).isPresent();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "state", isRunning ? "running" : scored >= state.customers() ? "current" : "waiting");
    answer.put("customers", state.customers());
    answer.put("scored", scored);
    answer.put("day", LocalDate.ofEpochDay(today));
    answer.put("model_version", version);
    if (state.scored() > 0) {
      answer.put("scored_on", LocalDate.ofEpochDay(state.day()));
    }
    passes
        .of(tenant, Passes.NIGHTLY)
        .ifPresent(
            pass -> {
              Map<String, Object> nightly = new LinkedHashMap<>();
              nightly.put("day", LocalDate.ofEpochDay(pass.day()));
              nightly.put("started_at", pass.startedAt());
              if (pass.endedAt() != null) {
                nightly.put("ended_at", pass.endedAt());
              }
              answer.put("nightly", nightly);
            });
    return Answer.ok(answer);
  }
}
