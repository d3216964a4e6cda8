package ai.quimbi.core.generation;

import ai.quimbi.core.generation.Advice.Action;
import ai.quimbi.core.generation.Advice.Impact;
import ai.quimbi.core.generation.Beta.Outcomes;
import ai.quimbi.core.generation.Situation.Thresholds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plays as data, and the choice among them: those that apply, by expected value. The same
/// arguments give the same advice.
///
/// @param version names this state of the playbook in every answer
public record Playbook(String version, Thresholds thresholds, List<Play> plays) {

  /// More than this nobody does.
  public static final int MAX_ACTIONS = 5;

  public Playbook {
    plays = List.copyOf(plays);
    if (plays.stream().map(Play::id).distinct().count() != plays.size()) {
      throw new IllegalArgumentException("two plays of playbook " + version + " share an id");
    }
  }

  /// This playbook with a tenant's plays: one with a known id replaces, others are added.
  public Playbook extendedBy(String newVersion, Thresholds newThresholds, List<Play> own) {
    Map<String, Play> byId = new LinkedHashMap<>();
    plays.forEach(play -> byId.put(play.id(), play));
    own.forEach(play -> byId.put(play.id(), play));
    return new Playbook(newVersion, newThresholds, List.copyOf(byId.values()));
  }

  /// Advice for `situation`, with what was recorded of each play so far, by id.
  public Advice advise(Situation situation, Currency currency, Map<String, Outcomes> recorded) {
    Set<Signal> signals = situation.signals(thresholds);
    Slots slots = new Slots(situation, signals, currency);
    List<Action> actions = new ArrayList<>();
    Set<String> groups = new HashSet<>();
    for (Play play : ranked(situation.scenario(), signals, slots, recorded)) {
      String action = slots.filled(play.action());
      boolean isFirstOfGroup = play.group().isEmpty() || groups.add(play.group());
      if (isFirstOfGroup && action != null && actions.size() < MAX_ACTIONS) {
        String reasoning = slots.filled(play.reasoning());
        actions.add(
            new Action(
                play.id(),
                action,
                actions.size() + 1,
                reasoning == null ? play.plainReasoning() : reasoning,
                impact(play, slots, recorded.getOrDefault(play.id(), Outcomes.NONE))));
      }
    }
    return new Advice(
        actions,
        Cautions.warnings(situation, signals, slots),
        Cautions.talkingPoints(situation.scenario(), signals),
        version);
  }

  // Where churn and value are known, by the money an action is expected to keep; without them by
  // the effect alone, which gives the same order. A play with a recorded effect moves with it.
  private List<Play> ranked(
      Scenario scenario, Set<Signal> signals, Slots slots, Map<String, Outcomes> recorded) {
    BigDecimal atRisk = slots.atRisk();
    double stake = atRisk == null ? 1 : Math.max(atRisk.doubleValue(), 1e-9);
    List<Play> applying = new ArrayList<>();
    for (Play play : plays) {
      if (play.scenario() == scenario && play.applies(signals)) {
        applying.add(play);
      }
    }
    applying.sort(
        Comparator.comparingDouble(
                (Play play) ->
                    stake
                        * play.effect()
                            .after(recorded.getOrDefault(play.id(), Outcomes.NONE))
                            .mean())
            .reversed()
            .thenComparing(Play::id));
    return applying;
  }

  private @Nullable Impact impact(Play play, Slots slots, Outcomes outcomes) {
    Double churn = slots.churn();
    BigDecimal atRisk = slots.atRisk();
    if (!play.movesChurn() || churn == null || atRisk == null) {
      return null;
    }
    double effect = play.effect().after(outcomes).mean();
    BigDecimal retention =
        BigDecimal.valueOf(1 - churn * (1 - effect)).setScale(4, RoundingMode.HALF_EVEN);
    long known = outcomes.succeeded() + outcomes.failed();
    String source =
        String.format(
            Locale.ROOT,
            "churn %s and the action's effect: prior Beta(%s, %s) configured in playbook %s, %s",
            Cash.percent(churn),
            plain(play.effect().alpha()),
            plain(play.effect().beta()),
            version,
            known == 0
                ? "no outcomes recorded yet"
                : known + " recorded outcomes, " + outcomes.succeeded() + " of them kept");
    return new Impact(retention, atRisk, source);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
