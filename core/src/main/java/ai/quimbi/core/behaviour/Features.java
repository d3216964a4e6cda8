package ai.quimbi.core.behaviour;

import ai.quimbi.core.customer.Profile;
import java.util.Arrays;

/// The measured features of many customers in one block of numbers, about 230 bytes a customer, so
/// that a tenant's profiles can be streamed by and need not be held.
public final class Features {
  private final double[] rows;
  private final int size;

  private Features(double[] rows, int size) {
    this.rows = rows;
    this.size = size;
  }

  public static Features of(Iterable<Profile> profiles, int today) {
    Builder builder = new Builder(today, 1024);
    profiles.forEach(builder::add);
    return builder.build();
  }

  /// How many customers are in here.
  public int size() {
    return size;
  }

  double get(int customer, int feature) {
    return rows[customer * Feature.COUNT + feature];
  }

  double[] rows() {
    return rows;
  }

  int at(int customer) {
    return customer * Feature.COUNT;
  }

  /// The customers of `chosen`, in that order.
  Features only(int[] chosen) {
    double[] some = new double[chosen.length * Feature.COUNT];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(rows, at(chosen[i]), some, i * Feature.COUNT, Feature.COUNT);
    }
    return new Features(some, chosen.length);
  }

  /// Takes profiles one by one. At most 70 million fit.
  public static final class Builder {
    private final int today;
    private double[] rows;
    private int size;

    public Builder(int today, int expected) {
      this.today = today;
      this.rows = new double[Math.max(1, expected) * Feature.COUNT];
    }

    public void add(Profile profile) {
      if ((size + 1) * Feature.COUNT > rows.length) {
        rows = Arrays.copyOf(rows, Math.multiplyExact(rows.length, 2));
      }
      Measurement.write(profile, today, rows, size * Feature.COUNT);
      size++;
    }

    public Features build() {
      return new Features(Arrays.copyOf(rows, size * Feature.COUNT), size);
    }
  }
}
