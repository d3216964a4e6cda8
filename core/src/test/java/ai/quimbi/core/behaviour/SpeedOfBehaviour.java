package ai.quimbi.core.behaviour;

import ai.quimbi.core.customer.Profile;
import java.util.Locale;

/// Measures, by hand and not as a test: `SpeedOfBehaviour [customers]`. Prints the processor
/// seconds of measuring, fitting and scoring that many planted customers; each step runs twice, the
/// second counts.
final class SpeedOfBehaviour {
  private SpeedOfBehaviour() {}

  public static void main(String[] args) {
    int n = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    PlantedWorld world = new PlantedWorld(11, 0.2);
    int chunk = 50_000;
    Features.Builder builder = new Features.Builder(PlantedWorld.TODAY, n);
    long measuring = 0;
    for (int from = 0; from < n; from += chunk) {
      PlantedWorld.Planted[] some = new PlantedWorld.Planted[Math.min(chunk, n - from)];
      for (int i = 0; i < some.length; i++) {
        some[i] = world.customer(from + i);
      }
      long start = cpuNanos();
      for (PlantedWorld.Planted customer : some) {
        builder.add(customer.profile());
      }
      measuring += cpuNanos() - start;
    }
    Features features = builder.build();
    say("measure (one thread)", n, measuring);
    short[] rows = new short[n * Axis.SEGMENTS];
    for (int round = 0; round < 2; round++) {
      long start = cpuNanos();
      BehaviourModel model = BehaviourModel.fit(features, PlantedWorld.TODAY, 2);
      long fitted = cpuNanos();
      model.memberships(features, rows);
      long scored = cpuNanos();
      say("fit all axes", n, fitted - start);
      say("memberships of all axes", n, scored - fitted);
    }
    Profile[] some = new Profile[1_000];
    for (int i = 0; i < some.length; i++) {
      some[i] = world.customer(i).profile();
    }
    BehaviourModel shipped = BehaviourModel.shipped(2);
    int words = 0;
    for (int round = 0; round < 3; round++) {
      long start = cpuNanos();
      for (int again = 0; again < 50; again++) {
        for (Profile profile : some) {
          words += Guidance.of(Behaviour.of(profile, shipped, PlantedWorld.TODAY)).size();
        }
      }
      say("behaviour and guidance, one by one", 50 * some.length, cpuNanos() - start);
    }
    if (words == 0) {
      throw new IllegalStateException("nobody was advised");
    }
    Similarity similarity = Similarity.of(rows, n);
    for (int round = 0; round < 5; round++) {
      long start = cpuNanos();
      int found = similarity.nearest(round * 17, 10).size();
      say(found + " nearest", n, cpuNanos() - start);
    }
  }

  // Processor time of all threads: on a machine others use too, the wall's clock says nothing.
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static void say(String what, int n, long nanos) {
    System.out.printf(
        Locale.ROOT,
        "%-36s %9d customers %8.3f cpu s %12.0f a cpu second%n",
        what,
        n,
        nanos / 1e9,
        n / (nanos / 1e9));
  }
}
