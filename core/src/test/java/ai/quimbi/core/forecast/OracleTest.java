package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The closed forms against values computed elsewhere with 40 digits.
class OracleTest {

  @Test
  void every_closed_form_agrees_with_the_oracle_to_ten_digits() throws Exception {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (JsonNode entry : Published.values()) {
      if (!entry.get("source").asText().contains("mpmath")) {
        continue;
      }
      checked++;
      double expected = entry.get("value").asDouble();
      double actual = compute(entry);
      double error = Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300);
      if (!(error <= 1e-10)) {
        wrong.add(error + " got " + actual + ": " + entry);
      }
    }
    assertEquals(366, checked);
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong:\n" + String.join("\n", wrong));
  }

  static double compute(JsonNode entry) {
    JsonNode in = entry.get("inputs");
    Family family = family(entry);
    double[] parameters =
        family.parameterNames().stream().mapToDouble(name -> in.get(name).asDouble()).toArray();
    PurchaseModel m = family.with(parameters);
    int x = in.path("x").asInt();
    double tx = in.path("t_x").asDouble();
    double age = in.path("T").asDouble();
    double t = in.path("t").asDouble();
    return switch (entry.get("quantity").asText()) {
      case "log-likelihood" -> m.logLikelihood(x, tx, age);
      case "P(alive)" -> m.pAlive(x, tx, age);
      case "E[X(T,T+t)]" -> m.expected(x, tx, age, t);
      case "P(no purchase in (T,T+t])" -> m.pNone(x, tx, age, t);
      case "E[X(t)]" -> m.expectedNew(t);
      default -> throw new IllegalArgumentException(entry.toString());
    };
  }

  static Family family(JsonNode entry) {
    String label = entry.get("model").asText().toLowerCase(Locale.ROOT).replace('/', '-');
    return Family.ofLabel(label).orElseThrow();
  }

  static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asDouble).toList();
  }
}
