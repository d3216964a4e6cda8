package ai.quimbi.core.stats;

/// A smooth function to be minimised; infinite where it is not defined.
@FunctionalInterface
public interface Objective {
  double at(double[] point);
}
