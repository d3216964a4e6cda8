package ai.quimbi.core.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.benchmark.Attack.Scene;
import ai.quimbi.core.benchmark.Attack.Success;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// In industries of 8 to 29 companies no attack gets further with the releases than five percentage
/// points beyond what the same attacker achieves without them.
class AttacksTest {
  private static final double MOST_GAIN = 0.05;
  private static final int INDUSTRIES = 1_500;
  private static final int MANY = 20_000;

  private static Map<String, Function<Industries, Scene>> all(Attacks.View view) {
    Map<String, Function<Industries, Scene>> all = new LinkedHashMap<>();
    all.put("insider", Attacks.insider(view));
    all.put("insider's neighbour", Attacks.neighbour(view));
    all.put("differencing by joining or leaving", Attacks.differencing(view));
    all.put("intersection over twelve months", Attacks.intersection(view));
    all.put("dominance", Attacks.dominance(view));
    all.put("seven sybils, one release", Attacks.sybils(view, 1));
    all.put("seven sybils, twelve releases", Attacks.sybils(view, 12));
    all.put("opt-out replay", Attacks.optOutReplay(view));
    return all;
  }

  @TestFactory
  Iterable<DynamicTest> no_attack_gains_more_than_five_points() {
    Map<String, Function<Industries, Scene>> attacks = all(Attacks.RELEASED);
    return failing(attacks, INDUSTRIES);
  }

  /// However long anybody goes on, there is nothing more to be learned than this.
  @TestFactory
  Iterable<DynamicTest> not_even_the_masked_figures_give_a_company_away() {
    Map<String, Function<Industries, Scene>> handed = new LinkedHashMap<>();
    handed.put("the masked figure itself", Attacks.maskedFigure());
    handed.put("both masked figures", Attacks.bothMaskedFigures());
    return failing(handed, MANY);
  }

  @TestFactory
  @Tag("battery")
  @Tag("battery-attacks")
  Iterable<DynamicTest> nor_over_many_more_industries() {
    Map<String, Function<Industries, Scene>> attacks = all(Attacks.RELEASED);
    return failing(attacks, MANY);
  }

  private static List<DynamicTest> failing(
      Map<String, Function<Industries, Scene>> attacks, int industries) {
    return attacks.entrySet().stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.getKey(),
                    () -> {
                      Success success = Attack.tried(7, industries, attack.getValue());
                      // The figures that docs/privacy.md tells.
                      System.out.printf("attack: %s: %s%n", attack.getKey(), success);
                      assertTrue(success.gain() <= MOST_GAIN, success.toString());
                    }))
        .toList();
  }

  /// The attackers are no straw men: most of them succeed where plain figures are published.
  @Test
  void the_same_attacks_succeed_on_plain_percentiles() {
    Map<String, Function<Industries, Scene>> attacks = all(Attacks.PLAIN);
    for (String name :
        List.of(
            "insider's neighbour",
            "differencing by joining or leaving",
            "dominance",
            "seven sybils, one release",
            "seven sybils, twelve releases",
            "opt-out replay")) {
      Success success =
          Attack.tried(7, INDUSTRIES, attacks.getOrDefault(name, Attacks.maskedFigure()));
      assertTrue(success.gain() > 2 * MOST_GAIN, name + ": " + success);
    }
  }
}
