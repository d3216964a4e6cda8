package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.generation.Beta;
import ai.quimbi.core.generation.Play;
import ai.quimbi.core.generation.Playbook;
import ai.quimbi.core.generation.Scenario;
import ai.quimbi.core.generation.Signal;
import ai.quimbi.core.generation.Situation.Thresholds;
import ai.quimbi.core.generation.StandardPlaybook;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.generation.Playbooks;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The standard playbook with what a tenant added or changed.
final class TenantPlaybooks {
  private final Tenancy tenancy;
  private final Playbooks stored;

  TenantPlaybooks(Tenancy tenancy, Playbooks stored) {
    this.tenancy = tenancy;
    this.stored = stored;
  }

  Playbook of(Tenant tenant) {
    return stored
        .latest(tenant)
        .map(version -> extended(tenant, version.number(), tree(version.content())))
        .orElse(StandardPlaybook.PLAYBOOK);
  }

  Answer get(Call call) {
    return Answer.ok(answer(of(tenancy.of(call))));
  }

  /// Adds a version; the one before stays for answers that name it.
  Answer put(Call call) {
    Tenant tenant = tenancy.of(call);
    JsonNode body = call.body();
    List<Fault> faults = faults(body);
    if (!faults.isEmpty()) {
      throw ApiError.invalid(faults);
    }
    // Whether the core takes it is found out before it is stored.
    extended(tenant, 0, body);
    int version = stored.add(tenant, body.toString(), call.receivedAt());
    return Answer.ok(answer(extended(tenant, version, body)));
  }

  private static List<Fault> faults(JsonNode body) {
    List<Fault> faults = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int place = 0;
    for (JsonNode play : body.path("plays")) {
      String path = "/plays/" + place++;
      if (!ids.add(play.path("id").asText())) {
        faults.add(new Fault(path + "/id", "duplicate", "This id stands twice in the list."));
      }
      if (plainReasoning(play).contains("{")) {
        faults.add(
            new Fault(
                path + "/plain_reasoning",
                "format",
                "Say here, without {slots}, what is given where their values are not known."));
      }
      for (String list : List.of("all_of", "any_of", "none_of")) {
        for (String label : Nodes.texts(play, "/" + list)) {
          if (Signal.ofLabel(label).isEmpty()) {
            faults.add(new Fault(path + "/" + list, "enum", "A signal in it is not known."));
          }
        }
      }
    }
    return faults;
  }

  private static Playbook extended(Tenant tenant, int version, JsonNode content) {
    List<Play> plays = new ArrayList<>();
    for (JsonNode play : content.path("plays")) {
      plays.add(
          new Play(
              play.path("id").asText(),
              Scenario.ofLabel(play.path("scenario").asText()).orElseThrow(),
              signals(play, "all_of"),
              signals(play, "any_of"),
              signals(play, "none_of"),
              play.path("group").asText(""),
              play.path("action").asText(),
              play.path("reasoning").asText(),
              plainReasoning(play),
              play.path("moves_churn").asBoolean(false),
              new Beta(play.at("/prior/alpha").asDouble(1), play.at("/prior/beta").asDouble(1))));
    }
    JsonNode told = content.path("thresholds");
    Thresholds usual = Thresholds.DEFAULT;
    BigDecimal high = Nodes.number(told, "/high_value");
    BigDecimal vip = Nodes.number(told, "/vip");
    Thresholds thresholds =
        new Thresholds(
            high == null ? usual.highValue() : high,
            vip == null ? usual.vip() : vip,
            told.path("lapsed_days").asLong(usual.lapsedDays()));
    return StandardPlaybook.PLAYBOOK.extendedBy(
        StandardPlaybook.PLAYBOOK.version() + "+" + tenant.id() + "-" + version, thresholds, plays);
  }

  private static String plainReasoning(JsonNode play) {
    return play.path("plain_reasoning").asText(play.path("reasoning").asText());
  }

  private static Set<Signal> signals(JsonNode play, String list) {
    EnumSet<Signal> signals = EnumSet.noneOf(Signal.class);
    Nodes.texts(play, "/" + list).forEach(label -> Signal.ofLabel(label).ifPresent(signals::add));
    return signals;
  }

  private static JsonNode tree(String json) {
    try {
      return Wire.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored playbook is no JSON", e);
    }
  }

  private static Map<String, Object> answer(Playbook playbook) {
    Map<String, Object> thresholds = new LinkedHashMap<>();
    thresholds.put("high_value", playbook.thresholds().highValue());
    thresholds.put("vip", playbook.thresholds().vip());
    thresholds.put("lapsed_days", playbook.thresholds().lapsedDays());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("version", playbook.version());
    answer.put("thresholds", thresholds);
    answer.put("plays", playbook.plays().stream().map(TenantPlaybooks::play).toList());
    return answer;
  }

  private static Map<String, Object> play(Play play) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", play.id());
    answer.put("scenario", play.scenario().label());
    answer.put("all_of", labels(play.allOf()));
    answer.put("any_of", labels(play.anyOf()));
    answer.put("none_of", labels(play.noneOf()));
    answer.put("group", play.group());
    answer.put("action", play.action());
    answer.put("reasoning", play.reasoning());
    answer.put("plain_reasoning", play.plainReasoning());
    answer.put("moves_churn", play.movesChurn());
    answer.put("prior", Actions.beta(play.effect()));
    return answer;
  }

  private static List<String> labels(Set<Signal> signals) {
    return signals.stream().sorted().map(Signal::label).toList();
  }
}
