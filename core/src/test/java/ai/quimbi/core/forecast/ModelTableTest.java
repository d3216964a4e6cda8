package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelTableTest {

  @Test
  void every_family_answers_from_tables_what_it_answers_alone_to_the_last_bit() {
    Chance chance = new Chance(11);
    int n = 400;
    int[] x = new int[n];
    double[] recency = new double[n];
    double[] age = new double[n];
    for (int i = 0; i < n; i++) {
      age[i] = chance.below(500);
      x[i] = age[i] == 0 ? 0 : chance.below((int) Math.min(30, age[i] + 1));
      recency[i] = x[i] == 0 ? 0 : x[i] + chance.below((int) age[i] - x[i] + 1);
    }
    Cohort grouped = Cohort.of(x, recency, age);
    Cohort ungrouped = Cohort.ungrouped(x, recency, age);
    int[] group = grouped.groupsOf(x, recency, age);
    int[] own = IntStream.range(0, n).toArray();

    List<PurchaseModel> models = new ArrayList<>();
    for (Family family : Family.values()) {
      models.add(Prior.model(family));
    }
    // Fast buyers who stop slowly, the reverse, and neither.
    models.add(new ParetoNbd(6.1, 264, 5.8, 10_387));
    models.add(new ParetoNbd(0.5, 300, 0.6, 12));
    models.add(new ParetoNbd(1, 50, 1, 50));
    for (PurchaseModel model : models) {
      for (Cohort cohort : List.of(grouped, ungrouped)) {
        ModelTable table = new ModelTable(model, cohort);
        double[] alive = table.all(table.pAlive());
        double[] none = table.all(table.pNone(91));
        double[] ifAlive = table.ifAlive(365);
        for (int i = 0; i < n; i++) {
          int g = (cohort == grouped ? group : own)[i];
          assertEquals(model.pAlive(x[i], recency[i], age[i]), alive[g]);
          assertEquals(model.pNone(x[i], recency[i], age[i], 91), none[g]);
          assertEquals(model.expectedIfAlive(x[i], age[i], 365), ifAlive[cohort.agePair[g]]);
        }
      }
    }
  }

  @Test
  void fractions_side_by_side_are_the_single_ones_to_the_last_bit() {
    Chance chance = new Chance(12);
    for (int round = 0; round < 50; round++) {
      double b = 20 * chance.uniform();
      double c = b + 30 * chance.uniform();
      double[] z = new double[1 + chance.below(40)];
      double at = 1 - chance.uniform() / 50;
      for (int i = 0; i < z.length; i++) {
        z[i] = at;
        at *= chance.uniform() < 0.1 ? 0 : 1 - chance.uniform() / 10;
      }
      double[] together = Special.hypergeometricOne(b, c, z);
      for (int i = 0; i < z.length; i++) {
        assertEquals(Special.hypergeometricOne(b, c, z[i]), together[i]);
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Special.hypergeometricOne(1, 2, new double[] {0.1, 0.9}));
  }
}
