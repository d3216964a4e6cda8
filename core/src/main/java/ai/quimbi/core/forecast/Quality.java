package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Scores;
import java.util.List;

/// How well forecasts made at earlier origins did, each from what was known before it: the log
/// score of "buys within the horizon" (mean negative log-probability, smaller is better) beside
/// that of the plain rate of the period before, the Brier score, the calibration table, and how
/// many customers' spending fell into its 95 % interval as it was before it was calibrated on these
/// very outcomes. `rows` counts forecasts.
public record Quality(
    int origins,
    int rows,
    int horizonDays,
    double logScore,
    double naiveLogScore,
    double brier,
    double coverage,
    List<Scores.Bin> calibration) {

  public Quality {
    calibration = List.copyOf(calibration);
  }
}
