package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// A synthetic shop of which the truth is known. Customers join evenly over the first part; time is
/// in days; purchases of one day count once, as everywhere.
final class World {
  private final Panel.Builder panel = Panel.builder();
  private final Chance chance;
  private final int end;

  private World(long seed, int end) {
    this.chance = new Chance(seed);
    this.end = end;
  }

  /// Stops after each repeat purchase with a probability of its own: BG/NBD(0.5, 60, 0.8, 2.5).
  static Panel bgNbd(int customers, int joinDays, int end, long seed) {
    World world = new World(seed, end);
    for (int i = 0; i < customers; i++) {
      double rate = world.chance.gamma(0.5) / 60;
      double stop = world.chance.beta(0.8, 2.5);
      world.live(i, joinDays, rate, stop, Double.MAX_VALUE, t -> 1);
    }
    return world.panel.build();
  }

  /// Lives for a random time: Pareto/NBD(0.6, 60, 0.6, 90).
  static Panel paretoNbd(int customers, int joinDays, int end, long seed) {
    World world = new World(seed, end);
    for (int i = 0; i < customers; i++) {
      double rate = world.chance.gamma(0.6) / 60;
      double life = world.chance.exponential() / (world.chance.gamma(0.6) / 90);
      world.live(i, joinDays, rate, 0, life, t -> 1);
    }
    return world.panel.build();
  }

  /// Nobody ever stops, and customers pay by how often they buy: (λ / 0.01)^slope times as much.
  static Panel dearerTheOftener(int customers, int joinDays, int end, double slope, long seed) {
    World world = new World(seed, end);
    for (int i = 0; i < customers; i++) {
      double rate = world.chance.gamma(0.6) / 60;
      double dearness = Math.pow(rate / 0.01, slope);
      world.live(i, joinDays, rate, 0, Double.MAX_VALUE, t -> 1, dearness);
    }
    return world.panel.build();
  }

  /// Nobody ever stops: NBD(0.8, 60).
  static Panel noDropout(int customers, int joinDays, int end, long seed) {
    World world = new World(seed, end);
    for (int i = 0; i < customers; i++) {
      world.live(i, joinDays, world.chance.gamma(0.8) / 60, 0, Double.MAX_VALUE, t -> 1);
    }
    return world.panel.build();
  }

  /// A Pareto/NBD shop whose customers buy up to 60 % more at one time of the year and less at the
  /// other.
  static Panel seasonal(int customers, int joinDays, int end, long seed) {
    World world = new World(seed, end);
    for (int i = 0; i < customers; i++) {
      double rate = world.chance.gamma(0.6) / 60;
      double life = world.chance.exponential() / (world.chance.gamma(0.6) / 90);
      world.live(i, joinDays, rate, 0, life, t -> 1 + 0.6 * Math.sin(2 * Math.PI * t / 365));
    }
    return world.panel.build();
  }

  /// A Pareto/NBD shop whose customers buy at half the rate from `change` on.
  static Panel regimeChange(int customers, int joinDays, int end, int change, long seed) {
    World world = new World(seed, end);
    for (int i = 0; i < customers; i++) {
      double rate = world.chance.gamma(0.6) / 60;
      double life = world.chance.exponential() / (world.chance.gamma(0.6) / 90);
      world.live(i, joinDays, rate, 0, life, t -> t < change ? 1 : 0.5);
    }
    return world.panel.build();
  }

  /// Subscribers: a purchase every 30 days or so until they cancel.
  static Panel subscription(int customers, int joinDays, int end, long seed) {
    World world = new World(seed, end);
    for (int i = 0; i < customers; i++) {
      int first = world.chance.below(joinDays);
      double life = world.chance.exponential() * 240;
      double[] days = new double[400];
      int n = 0;
      for (double at = first; at <= end && at - first <= life && n < days.length; ) {
        days[n++] = at;
        at += 29 + world.chance.below(4);
      }
      world.add(i, Arrays.copyOf(days, n));
    }
    return world.panel.build();
  }

  private void live(
      int id, int joinDays, double rate, double stop, double life, DoubleUnaryOperator season) {
    live(id, joinDays, rate, stop, life, season, 1);
  }

  private void live(
      int id,
      int joinDays,
      double rate,
      double stop,
      double life,
      DoubleUnaryOperator season,
      double dearness) {
    int first = chance.below(joinDays);
    double[] days = new double[4000];
    int n = 0;
    days[n++] = first;
    double at = first;
    boolean isAlive = true;
    while (isAlive && n < days.length) {
      // Thinning: candidates at twice the rate, kept by the season's share of two.
      at += chance.exponential() / (2 * rate);
      if (!(at <= end && at - first <= life)) {
        break;
      }
      if (chance.uniform() < season.applyAsDouble(at) / 2) {
        days[n++] = at;
        isAlive = chance.uniform() >= stop;
      }
    }
    add(id, Arrays.copyOf(days, n), dearness);
  }

  private void add(int id, double[] times) {
    add(id, times, 1);
  }

  private void add(int id, double[] times, double dearness) {
    int[] days = Arrays.stream(times).mapToInt(t -> (int) Math.ceil(t)).distinct().toArray();
    double typical = dearness * 3000 / chance.gamma(4) * 3;
    double[] net = new double[days.length];
    for (int i = 0; i < net.length; i++) {
      net[i] = Math.rint(typical * chance.gamma(5) / 5) + 1;
    }
    panel.add(Integer.toString(id), days, net);
  }
}
