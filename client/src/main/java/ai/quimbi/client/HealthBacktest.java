package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The health score held against what happened later. `auc` is null where nothing went badly or
/// everything did; where not `enough` is known, the numbers prove nothing. `reading` says it in
/// words.
public record HealthBacktest(
    int horizonDays,
    int accounts,
    int cases,
    int wentBadly,
    Map<String, Integer> outcomes,
    List<Level> levels,
    @Nullable Double auc,
    boolean enough,
    String reading,
    JsonNode raw) {

  /// `share` of the cases went badly, with its 95 % interval; null without cases.
  public record Level(
      String riskLevel,
      int cases,
      int wentBadly,
      @Nullable Double share,
      @Nullable Double lower,
      @Nullable Double upper) {}

  static HealthBacktest of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new HealthBacktest(
        fields.integer("horizon_days"),
        fields.integer("accounts"),
        fields.integer("cases"),
        fields.integer("went_badly"),
        fields.object("outcomes").integers(),
        fields.objects(
            "by_risk_level",
            level ->
                new Level(
                    level.text("risk_level"),
                    level.integer("cases"),
                    level.integer("went_badly"),
                    level.numberOrNull("share"),
                    level.numberOrNull("lower"),
                    level.numberOrNull("upper"))),
        fields.numberOrNull("auc"),
        fields.flag("enough"),
        fields.text("reading"),
        answer);
  }
}
