package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./quimbi model show` as a person types it, before and after a fit.
class ModelCommandTest {
  @TempDir private Path folder;

  // Who buys often pays more each time.
  private Path purchases() throws IOException {
    Random chance = new Random(7);
    StringBuilder csv = new StringBuilder("customer_id,date,amount,order_id\n");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (int customer = 0; customer < 600; customer++) {
      double gap = 10 + 300 * Math.pow(chance.nextDouble(), 2);
      double typical = 400 / Math.sqrt(gap) * (0.7 + 0.6 * chance.nextDouble());
      double ago = 60 + chance.nextInt(640);
      for (int order = 0; ago > 1; order++) {
        double amount = typical * (0.7 + 0.6 * chance.nextDouble());
        csv.append(
            "c%d,%s,%.2f,o%d-%d%n"
                .formatted(customer, today.minusDays((long) ago), amount, customer, order));
        ago -= 1 - gap * Math.log(1 - chance.nextDouble());
      }
    }
    return Files.writeString(folder.resolve("purchases.csv"), csv);
  }

  @Test
  void a_models_parameters_quality_and_dependences_are_shown() throws IOException {
    String data = folder.resolve("data").toString();
    assertEquals(0, Typed.run("tenant", "add", "shop", "--data", data).code());

    Typed shipped = Typed.run("model", "show", "--tenant", "shop", "--data", data);
    assertEquals(0, shipped.code(), shipped.err());
    assertTrue(shipped.out().contains("shipped with the program"), shipped.out());

    String file = purchases().toString();
    Typed stored =
        Typed.run("import", file, "--tenant", "shop", "--source", "s", "--data", data, "--quiet");
    assertEquals(0, stored.code(), stored.err());
    assertEquals(0, Typed.run("fit", "--tenant", "shop", "--data", data).code());

    Typed fitted = Typed.run("model", "show", "--tenant", "shop", "--data", data);
    assertEquals(0, fitted.code(), fitted.err());
    for (String part : new String[] {"fitted on", "Purchases", "Spend", "Quality", "Coverage"}) {
      assertTrue(fitted.out().contains(part), part + " in " + fitted.out());
    }
    assertTrue(fitted.out().contains("frequency^0."), fitted.out());
  }

  @Test
  void a_tenant_that_is_not_there_is_named() {
    String data = folder.resolve("data").toString();
    Typed nobody = Typed.run("model", "show", "--tenant", "nobody", "--data", data);
    assertNotEquals(0, nobody.code());
    assertTrue(nobody.err().contains("nobody"), nobody.err());
  }
}
