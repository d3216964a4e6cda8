package ai.quimbi.core.stats;

import java.util.Arrays;

/// A fixed row of numbers, equal to another when all numbers are; what a record holds instead of an
/// array.
public final class Reals {
  public static final Reals NONE = new Reals(new double[0]);

  private final double[] values;

  private Reals(double[] values) {
    this.values = values;
  }

  public static Reals of(double... values) {
    return new Reals(values.clone());
  }

  public int size() {
    return values.length;
  }

  public double get(int index) {
    return values[index];
  }

  public double[] toArray() {
    return values.clone();
  }

  public boolean areFinite() {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reals reals && Arrays.equals(values, reals.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
