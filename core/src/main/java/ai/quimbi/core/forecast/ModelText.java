package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Calibration;
import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Scores;
import ai.quimbi.core.stats.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// A model as text: `name value value …`, one fact a line, numbers in Java's shortest exact form.
final class ModelText {
  private static final String HEAD = "quimbi-forecast-model 2";

  // Written before spend models had names and second stages trees.
  private static final String FIRST_HEAD = "quimbi-forecast-model 1";

  private ModelText() {}

  static String encode(ForecastModel model) {
    String body = encodeBody(model);
    return HEAD + "\nversion " + model.version() + "\ncontent " + content(body) + "\n" + body;
  }

  static String content(String body) {
    return ForecastModel.sha256(body).substring(0, 16);
  }

  static String encodeBody(ForecastModel model) {
    StringBuilder text = new StringBuilder();
    ForecastModel.Provenance from = model.provenance();
    line(text, "provenance", from.kind(), from.day(), from.customers(), from.repeatCustomers());
    line(text, "fingerprint", from.fingerprint());
    line(text, "scale", model.scale());
    line(text, "horizon", model.horizonDays());
    line(text, "family", model.purchases().family().label());
    line(text, "purchases", numbers(model.purchases().parameters()));
    spread(text, "purchases", model.purchaseSpread());
    line(text, "spend", model.spend().label(), numbers(model.spend().parameters()));
    spread(text, "spend", model.spendSpread());
    ForecastModel.Reference r = model.reference();
    line(text, "reference", r.frequency(), r.recency(), r.age(), r.meanNetMinor());
    line(text, "population-churn", model.populationChurn());
    Adjustment a = model.adjustment();
    line(text, "adjustment", a.horizonDays(), a.movesExpected(), a.checkedDays());
    line(
        text,
        "level",
        a.intercept(),
        a.level(),
        a.valueLevel(),
        a.tails().lower(),
        a.tails().upper(),
        a.period().spread(),
        a.period().freedom());
    stage(text, "buying", a.buying());
    stage(text, "counting", a.counting());
    switch (a.calibration()) {
      case Calibration.Beta(double up, double down, double shift) ->
          line(text, "straightened", "beta", up, down, shift);
      case Calibration.Isotonic(Reals said, Reals happened) -> {
        line(text, "straightened", "isotonic", numbers(said));
        line(text, "straightened-to", numbers(happened));
      }
    }
    model.quality().ifPresent(quality -> quality(text, quality));
    return text.toString();
  }

  private static void stage(StringBuilder text, String name, SecondStage stage) {
    line(text, name + "-means", numbers(stage.means()));
    line(text, name + "-scales", numbers(stage.scales()));
    line(text, name + "-weights", numbers(stage.weights()));
    line(text, name + "-columns", stage.trees().depth(), numbers(stage.trees().columns()));
    line(text, name + "-thresholds", numbers(stage.trees().thresholds()));
    line(text, name + "-leaves", numbers(stage.trees().leaves()));
  }

  private static void quality(StringBuilder text, Quality q) {
    line(
        text,
        "quality",
        q.origins(),
        q.rows(),
        q.horizonDays(),
        q.logScore(),
        q.naiveLogScore(),
        q.brier(),
        q.coverage());
    StringJoiner bins = new StringJoiner(" ");
    for (Scores.Bin bin : q.calibration()) {
      bins.add(bin.rows() + " " + bin.meanProbability() + " " + bin.frequency());
    }
    line(text, "calibration", bins.toString());
  }

  private static void spread(StringBuilder text, String name, Covariance covariance) {
    line(text, name + "-covariance", covariance.isFloored(), numbers(covariance.matrix()));
    line(text, name + "-root", numbers(covariance.root()));
  }

  private static void line(StringBuilder text, String name, Object... values) {
    text.append(name);
    for (Object value : values) {
      String word = value.toString();
      if (!word.isEmpty()) {
        text.append(' ').append(word);
      }
    }
    text.append('\n');
  }

  private static String numbers(Reals reals) {
    StringJoiner joined = new StringJoiner(" ");
    for (int i = 0; i < reals.size(); i++) {
      joined.add(Double.toString(reals.get(i)));
    }
    return joined.toString();
  }

  static ForecastModel decode(String text) {
    String[] lines = text.split("\n", -1);
    boolean isFirst = lines[0].equals(FIRST_HEAD);
    if (!isFirst && !lines[0].equals(HEAD)) {
      throw new IllegalArgumentException("not a forecast model: it begins '" + lines[0] + "'");
    }
    Map<String, String[]> facts = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] words = lines[i].split(" ", -1);
      facts.put(words[0], words);
    }
    Facts f = new Facts(facts);
    Family family =
        Family.ofLabel(f.word("family", 1))
            .orElseThrow(() -> new IllegalArgumentException("unknown family"));
    check(text, f, isFirst);
    return new ForecastModel(
        f.word("version", 1),
        new ForecastModel.Provenance(
            ForecastModel.Provenance.Kind.valueOf(f.word("provenance", 1)),
            f.whole("provenance", 2),
            f.whole("provenance", 3),
            f.whole("provenance", 4),
            f.word("fingerprint", 1)),
        f.whole("scale", 1),
        f.whole("horizon", 1),
        family.with(f.reals("purchases", 1).toArray()),
        f.spread("purchases"),
        isFirst
            ? SpendModel.of(GammaGamma.LABEL, f.reals("spend", 1))
            : SpendModel.of(f.word("spend", 1), f.reals("spend", 2)),
        f.spread("spend"),
        new ForecastModel.Reference(
            f.whole("reference", 1),
            f.whole("reference", 2),
            f.whole("reference", 3),
            f.reals("reference", 4).get(0)),
        f.reals("population-churn", 1).get(0),
        isFirst ? f.firstAdjustment() : f.adjustment(),
        facts.containsKey("quality") ? Optional.of(f.quality()) : Optional.empty());
  }

  // The first form's version is the hash of its content; the second says both, so that a model
  // keeps its name, and with it the seeds of its intervals, when it is written anew.
  private static void check(String text, Facts facts, boolean isFirst) {
    String told = isFirst ? facts.word("version", 1) : facts.word("content", 1);
    String last = isFirst ? "version" : "content";
    int at = text.indexOf("\n" + last + " ");
    String body = text.substring(text.indexOf('\n', at + 1) + 1);
    String is = (isFirst ? "fm1-" : "") + content(body);
    if (!is.equals(told)) {
      throw new IllegalArgumentException(
          "the model's text was altered: it says " + told + " but its content is " + is);
    }
  }

  /// The lines by their first word.
  private record Facts(Map<String, String[]> lines) {
    String word(String name, int at) {
      String[] words = lines.get(name);
      if (words == null || words.length <= at) {
        throw new IllegalArgumentException("the forecast model lacks '" + name + "'");
      }
      return words[at];
    }

    int whole(String name, int at) {
      return Integer.parseInt(word(name, at));
    }

    Reals reals(String name, int from) {
      String[] words = lines.get(name);
      if (words == null) {
        throw new IllegalArgumentException("the forecast model lacks '" + name + "'");
      }
      double[] values = new double[Math.max(0, words.length - from)];
      for (int i = 0; i < values.length; i++) {
        values[i] = Double.parseDouble(words[from + i]);
      }
      return Reals.of(values);
    }

    Quality quality() {
      Reals q = reals("quality", 4);
      Reals bins = reals("calibration", 1);
      List<Scores.Bin> calibration = new ArrayList<>();
      for (int i = 0; i + 2 < bins.size(); i += 3) {
        calibration.add(new Scores.Bin((int) bins.get(i), bins.get(i + 1), bins.get(i + 2)));
      }
      return new Quality(
          whole("quality", 1),
          whole("quality", 2),
          whole("quality", 3),
          q.get(0),
          q.get(1),
          q.get(2),
          q.get(3),
          calibration);
    }

    Adjustment adjustment() {
      Calibration straightened =
          word("straightened", 1).equals("beta")
              ? beta(reals("straightened", 2))
              : new Calibration.Isotonic(reals("straightened", 2), reals("straightened-to", 1));
      return adjustment(stage("buying"), stage("counting"), straightened);
    }

    private static Calibration beta(Reals p) {
      return new Calibration.Beta(p.get(0), p.get(1), p.get(2));
    }

    // The first form: weights over the first signals, no trees, nothing straightened.
    Adjustment firstAdjustment() {
      SecondStage buying =
          new SecondStage(
              reals("second-stage-means", 1),
              reals("second-stage-scales", 1),
              reals("second-stage-weights", 1),
              Trees.NONE);
      return adjustment(buying, SecondStage.NONE, Calibration.NONE);
    }

    private Adjustment adjustment(
        SecondStage buying, SecondStage counting, Calibration straightened) {
      Reals level = reals("level", 1);
      return new Adjustment(
          whole("adjustment", 1),
          buying,
          counting,
          level.get(0),
          straightened,
          Boolean.parseBoolean(word("adjustment", 2)),
          level.get(1),
          level.get(2),
          new Adjustment.Period(level.get(5), whole("level", 7)),
          new Adjustment.Tails(level.get(3), level.get(4)),
          whole("adjustment", 3));
    }

    private SecondStage stage(String name) {
      return new SecondStage(
          reals(name + "-means", 1),
          reals(name + "-scales", 1),
          reals(name + "-weights", 1),
          new Trees(
              whole(name + "-columns", 1),
              reals(name + "-columns", 2),
              reals(name + "-thresholds", 1),
              reals(name + "-leaves", 1)));
    }

    Covariance spread(String name) {
      Reals matrix = reals(name + "-covariance", 2);
      return new Covariance(
          (int) Math.round(Math.sqrt(matrix.size())),
          matrix,
          reals(name + "-root", 1),
          Boolean.parseBoolean(word(name + "-covariance", 1)));
    }
  }
}
