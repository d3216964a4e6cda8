package ai.quimbi.bench;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.forecast.BatchScores;
import ai.quimbi.core.forecast.Estimate;
import ai.quimbi.core.forecast.Family;
import ai.quimbi.core.forecast.Fit;
import ai.quimbi.core.forecast.ForecastModel;
import ai.quimbi.core.forecast.LifetimeValue;
import ai.quimbi.core.forecast.Panel;
import ai.quimbi.core.forecast.PurchaseFit;
import ai.quimbi.core.stats.Chance;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// `./quimbi bench forecast [CUSTOMERS]`: fits, scores and intervals on a synthetic shop (BG/NBD
/// world, two years, day resolution). Medians of a few rounds after some that warm up: one where it
/// takes seconds, else as many as fit into a second and a half.
final class ForecastBench {
  private static final int ROUNDS = 3;
  private static final int MOST_ROUNDS = 25;
  private static final long WARM_UP_NANOS = 1_500_000_000;
  private static final int DAYS = 730;
  private static final int TODAY = 20_000;

  private ForecastBench() {}

  static void run(String[] arguments) {
    int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    Shop shop = Shop.of(customers, 1);
    System.out.printf(
        "%,d customers, %,d with repeat purchases, %d processors%n",
        customers,
        Arrays.stream(shop.x).filter(x -> x > 0).count(),
        Runtime.getRuntime().availableProcessors());
    fit(Family.BG_NBD, shop, 1);
    fit(Family.PARETO_NBD, shop, 5);
    score(shop);
    refit(Math.max(1_000, customers / 10));
    intervals();
  }

  private static void fit(Family family, Shop shop, double limitSeconds) {
    Estimate[] last = new Estimate[1];
    double seconds =
        median(
            () -> {
              long start = System.nanoTime();
              last[0] = PurchaseFit.likeliest(family, shop.x, shop.recency, shop.age);
              return (System.nanoTime() - start) / 1e9;
            });
    System.out.printf(
        "fit %-10s %7.3f s (limit %.0f)  log-likelihood %.3f, %d Newton steps, %s%n",
        family.label(),
        seconds,
        limitSeconds,
        last[0].logLikelihood(),
        last[0].steps(),
        last[0].model());
  }

  private static void score(Shop shop) {
    ForecastModel model = ForecastModel.shipped(2);
    double[] spend = new double[shop.x.length];
    Arrays.setAll(spend, i -> 5000.0 * (shop.x[i] + 1));
    double[] check = new double[1];
    double seconds =
        median(
            () -> {
              long start = System.nanoTime();
              BatchScores scores =
                  BatchScores.of(model, shop.x, shop.recency, shop.age, spend, 365);
              check[0] = scores.totalValue();
              return (System.nanoTime() - start) / 1e9;
            });
    System.out.printf(
        "churn + value   %,10.0f customers/s (at least 3,000,000); total %.0f%n",
        shop.x.length / seconds, check[0]);
    // Keys and their sorting 16, and per group, of which there are at most as many, 36.
    long bytes = (20L + 16 + 36) * shop.x.length;
    System.out.printf(
        "memory: 20 bytes a customer of columns, at most 52 while grouping: %,d MB%n",
        bytes / 1_000_000);
  }

  // Customers who buy at gaps of their own, so that a second stage wins: whole refits, and the
  // scores of everyone through that stage.
  private static void refit(int customers) {
    Panel.Builder builder = Panel.builder();
    Chance chance = new Chance(7);
    for (int i = 0; i < customers; i++) {
      double gap = 15 + 60 * chance.uniform();
      double stop = TODAY - 700 + 1500 * chance.uniform();
      double at = TODAY - 1 - chance.below(600);
      int[] days = new int[200];
      int n = 0;
      while (at <= Math.min(stop, TODAY) && n < days.length) {
        days[n++] = (int) at;
        at += gap * (0.8 + 0.4 * chance.uniform());
      }
      double[] net = new double[n];
      Arrays.setAll(net, k -> 1000 + 50.0 * chance.below(100));
      builder.add(Integer.toString(i), Arrays.copyOf(days, n), net);
    }
    Panel panel = builder.build();
    ForecastModel[] model = {ForecastModel.shipped(2)};
    double refit = median(() -> seconds(() -> model[0] = fitted(panel)));
    System.out.printf("whole refit of %,d customers %.2f s%n", panel.customers(), refit);
    double scoring =
        median(() -> seconds(() -> BatchScores.of(model[0], panel, TODAY, 365).totalValue()));
    System.out.printf(
        "churn + value through the second stage (%d weights, %d trees)  %,10.0f customers/s"
            + " (at least 3,000,000)%n",
        model[0].adjustment().buying().weights().size(),
        model[0].adjustment().buying().trees().count(),
        panel.customers() / scoring);
  }

  private static ForecastModel fitted(Panel panel) {
    return switch (Fit.of(panel, TODAY, 2)) {
      case Fit.Fitted(ForecastModel model) -> model;
      case Fit.NotEnough(int n, String reason) -> throw new IllegalStateException(reason + n);
      case Fit.Failed(String reason) -> throw new IllegalStateException(reason);
    };
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void intervals() {
    ForecastModel model = ForecastModel.shipped(2);
    List<Profile> profiles = new ArrayList<>();
    Chance chance = new Chance(3);
    for (int i = 0; i < 500; i++) {
      List<PurchaseDay> days = new ArrayList<>();
      int day = TODAY - 700 + chance.below(100);
      int purchases = 1 + chance.below(12);
      for (int k = 0; k < purchases; k++) {
        days.add(new PurchaseDay(day, 1, 1000 + chance.below(9000), 0, 0));
        day += 1 + chance.below(50);
      }
      profiles.add(new Profile(days, List.of(), Map.of()));
    }
    double seconds =
        median(
            () -> {
              long start = System.nanoTime();
              for (int i = 0; i < profiles.size(); i++) {
                LifetimeValue.of(profiles.get(i), model, TODAY, 12, i);
              }
              return (System.nanoTime() - start) / 1e9 / profiles.size();
            });
    System.out.printf("one interval    %7.3f ms (limit 1)%n", 1000 * seconds);
  }

  private static double median(DoubleSupplier round) {
    long begin = System.nanoTime();
    double first = round.getAsDouble();
    double last = first;
    while (System.nanoTime() - begin < WARM_UP_NANOS) {
      last = round.getAsDouble();
    }
    // Of short rounds more, for the processor's clock is coarse.
    int rounds = (int) Math.clamp(1 / last, ROUNDS, MOST_ROUNDS);
    double[] seconds = new double[rounds];
    long before = cpuNanos();
    for (int i = 0; i < rounds; i++) {
      seconds[i] = round.getAsDouble();
    }
    // On a busy machine the processor time is the fairer number.
    System.out.printf(
        "  (%.3f processor seconds a round, of %d; the first round of all %.3f s)%n",
        (cpuNanos() - before) / 1e9 / rounds, rounds, first);
    Arrays.sort(seconds);
    return seconds[rounds / 2];
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  /// Customers of a BG/NBD world in columns.
  private static final class Shop {
    private final int[] x;
    private final double[] recency;
    private final double[] age;

    private Shop(int customers) {
      x = new int[customers];
      recency = new double[customers];
      age = new double[customers];
    }

    static Shop of(int customers, long seed) {
      Shop shop = new Shop(customers);
      Chance chance = new Chance(seed);
      for (int i = 0; i < customers; i++) {
        int age = 1 + chance.below(DAYS);
        double rate = chance.gamma(0.5) / 50;
        double stop = chance.beta(0.8, 2.5);
        double at = 0;
        int last = 0;
        int count = 0;
        boolean isAlive = true;
        while (isAlive) {
          at += chance.exponential() / rate;
          if (!(at <= age)) {
            break;
          }
          int day = (int) Math.ceil(at);
          count += day > last ? 1 : 0;
          last = Math.max(last, day);
          isAlive = chance.uniform() >= stop;
        }
        shop.x[i] = count;
        shop.recency[i] = last;
        shop.age[i] = age;
      }
      return shop;
    }
  }
}
