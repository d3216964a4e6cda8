package ai.quimbi.core.forecast;

/// How well the model did on origins it had not seen.
public record Quality(double logScore, double naiveLogScore) {}
