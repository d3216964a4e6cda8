package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.core.stats.Chance;
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
    Cohort cohort = Cohort.of(x, recency, age);
    int[] group = cohort.groupsOf(x, recency, age);

    for (Family family : Family.values()) {
      PurchaseModel model = Prior.model(family);
      ModelTable table = new ModelTable(model, cohort);
      double[] alive = table.all(table.pAlive());
      double[] none = table.all(table.pNone(91));
      double[] ifAlive = table.ifAlive(365);
      for (int i = 0; i < n; i++) {
        int g = group[i];
        assertEquals(model.pAlive(x[i], recency[i], age[i]), alive[g]);
        assertEquals(model.pNone(x[i], recency[i], age[i], 91), none[g]);
        assertEquals(model.expectedIfAlive(x[i], age[i], 365), ifAlive[cohort.agePair[g]]);
      }
    }
  }
}
