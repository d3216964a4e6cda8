package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.generation.Advice;
import ai.quimbi.core.generation.Advice.Impact;
import ai.quimbi.core.generation.AdviceWriter;
import ai.quimbi.core.generation.AdviceWriter.Worded;
import ai.quimbi.core.generation.Beta;
import ai.quimbi.core.generation.Beta.Outcomes;
import ai.quimbi.core.generation.Brief;
import ai.quimbi.core.generation.Channel;
import ai.quimbi.core.generation.CustomerFacts;
import ai.quimbi.core.generation.Goal;
import ai.quimbi.core.generation.Length;
import ai.quimbi.core.generation.Play;
import ai.quimbi.core.generation.Scenario;
import ai.quimbi.core.generation.Situation;
import ai.quimbi.core.generation.Tone;
import ai.quimbi.core.generation.Turn;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.generation.Generated;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Recommends next best actions and hears what came of them.
final class Actions {
  private final Tenancy tenancy;
  private final KnownCustomers customers;
  private final Facts facts;
  private final Generated generated;
  private final TenantPlaybooks playbooks;
  private final Pens pens;

  Actions(
      Tenancy tenancy,
      KnownCustomers customers,
      Facts facts,
      Generated generated,
      TenantPlaybooks playbooks,
      Pens pens) {
    this.tenancy = tenancy;
    this.customers = customers;
    this.facts = facts;
    this.generated = generated;
    this.playbooks = playbooks;
    this.pens = pens;
  }

  Answer advise(Call call) {
    Tenant tenant = tenancy.of(call);
    JsonNode body = call.body();
    Scenario scenario = scenario(body);
    LocalDate today = LocalDate.ofInstant(call.receivedAt(), tenant.zone());
    CustomerFacts customer =
        customers.complete(ToldCustomer.read(body), tenant, Math.toIntExact(today.toEpochDay()));
    Situation situation = situation(body, scenario, customer, tenant, today);
    Worded worded =
        AdviceWriter.worded(
            playbooks.of(tenant).advise(situation, tenant.currency(), generated.outcomes(tenant)),
            situation,
            pens.of(tenant, today));
    Advice advice = worded.advice();

    List<Map<String, Object>> actions = new ArrayList<>();
    List<Generated.Action> remembered = new ArrayList<>();
    for (Advice.Action action : advice.actions()) {
      String id = "act_" + UUID.randomUUID().toString().replace("-", "");
      remembered.add(new Generated.Action(id, action.playId(), advice.playbook()));
      actions.add(action(id, action));
    }
    generated.actions(tenant, remembered, call.receivedAt());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("actions", actions);
    answer.put("warnings", advice.warnings());
    answer.put("talking_points", advice.talkingPoints());
    answer.put("playbook_version", advice.playbook());
    answer.put("generator", worded.generator());
    if (worded.reason() != null) {
      answer.put("generator_reason", worded.reason());
    }
    return Answer.ok(answer);
  }

  private static Scenario scenario(JsonNode body) {
    JsonNode told = Nodes.first(body, "/scenario", "/context/scenario");
    String label = told.isTextual() ? told.textValue() : "";
    return Scenario.ofLabel(label)
        .orElseThrow(
            () ->
                ApiError.invalid(
                    "/scenario",
                    "enum",
                    "scenario must be one of " + String.join(", ", Scenario.labels()) + "."));
  }

  private Situation situation(
      JsonNode body, Scenario scenario, CustomerFacts customer, Tenant tenant, LocalDate today) {
    String subject = Nodes.text(body, "/context/ticket/subject", "/context/subject", "/subject");
    List<Turn> turns = new ArrayList<>(Briefs.conversation(body));
    String text =
        turns.stream()
            .filter(turn -> turn.speaker() == Turn.Speaker.CUSTOMER)
            .map(Turn::text)
            .collect(Collectors.joining("\n"));
    String described =
        Nodes.text(
            body,
            "/context/ticket/description",
            "/context/ticket/body",
            "/context/ticket/content",
            "/context/ticket/message",
            "/context/notes");
    if (described != null) {
      text = described + "\n" + text;
    }
    if (subject != null) {
      turns.add(Turn.customer(subject));
    }
    turns.add(Turn.customer(text));
    Brief about =
        Brief.of(goal(scenario), Channel.EMAIL, Tone.FRIENDLY, Length.MEDIUM, turns, customer);
    return new Situation(
        scenario,
        facts.about(about, tenant, today),
        subject,
        text,
        Nodes.text(body, "/context/ticket/priority", "/context/priority"),
        ToldCustomer.shipments(Nodes.first(body, "/context/order", "/context/ticket", "/context")));
  }

  private static Goal goal(Scenario scenario) {
    return switch (scenario) {
      case SUPPORT_TICKET -> Goal.RESOLVE_SUPPORT_ISSUE;
      case SALES_OPPORTUNITY -> Goal.UPSELL;
      case MARKETING_CAMPAIGN -> Goal.NURTURE_LEAD;
      case RETENTION_RISK -> Goal.WIN_BACK;
    };
  }

  private static Map<String, Object> action(String id, Advice.Action action) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("action", action.action());
    answer.put("priority", action.priority());
    answer.put("reasoning", action.reasoning());
    Impact impact = action.impact();
    if (impact != null) {
      Map<String, Object> estimated = new LinkedHashMap<>();
      estimated.put("retention_probability", impact.retentionProbability());
      estimated.put("revenue_at_risk", impact.revenueAtRisk());
      estimated.put("source", impact.source());
      answer.put("estimated_impact", estimated);
    }
    answer.put("id", id);
    return answer;
  }

  Answer outcome(Call call) {
    Tenant tenant = tenancy.of(call);
    String actionId = call.pathParameter("action_id");
    String decision = call.body().path("decision").asText();
    String result = Nodes.text(call.body(), "/result");
    if (decision.equals("rejected") && result != null) {
      throw ApiError.invalid(
          "/result", "contradiction", "An action that was not taken has no result.");
    }
    String playId =
        generated
            .outcome(tenant, actionId, decision, result)
            .orElseThrow(
                () ->
                    ApiError.invalid(
                        "action_id", "unknown", "No action of this id was recommended."));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "success");
    answer.put("id", actionId);
    answer.put("effect", effect(tenant, playId));
    return Answer.ok(answer);
  }

  // What is believed of the action now: the prior, what was recorded, and both together.
  private Map<String, Object> effect(Tenant tenant, String playId) {
    Outcomes recorded = generated.outcomes(tenant).getOrDefault(playId, Outcomes.NONE);
    Map<String, Object> effect = new LinkedHashMap<>();
    effect.put("play", playId);
    for (Play play : playbooks.of(tenant).plays()) {
      if (play.id().equals(playId)) {
        effect.put("prior", beta(play.effect()));
        effect.put("posterior", beta(play.effect().after(recorded)));
      }
    }
    effect.put("accepted", recorded.accepted());
    effect.put("rejected", recorded.rejected());
    effect.put("succeeded", recorded.succeeded());
    effect.put("failed", recorded.failed());
    return effect;
  }

  static Map<String, Object> beta(Beta beta) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("alpha", BigDecimal.valueOf(beta.alpha()).stripTrailingZeros());
    answer.put("beta", BigDecimal.valueOf(beta.beta()).stripTrailingZeros());
    answer.put("mean", BigDecimal.valueOf(beta.mean()).setScale(4, RoundingMode.HALF_EVEN));
    return answer;
  }
}
