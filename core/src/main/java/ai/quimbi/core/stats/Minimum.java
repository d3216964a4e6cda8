package ai.quimbi.core.stats;

/// Where a search ended: the point, the value, the matrix of second derivatives there (row by row),
/// how many steps it took, and whether it settled.
public record Minimum(Reals point, double value, Reals hessian, int steps, boolean isSettled) {}
