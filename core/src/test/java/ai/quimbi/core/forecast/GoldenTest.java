package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A small part of the oracle that travels with the code: computed elsewhere with 40 digits by
/// mpmath from the models' integral forms, at the published, rounded CDNOW parameters (weeks).
class GoldenTest {
  private enum Quantity {
    LIKELIHOOD,
    ALIVE,
    EXPECTED,
    NONE
  }

  private record Golden(
      Family family, Quantity quantity, int x, double tx, double age, double t, double value) {}

  private static final List<Golden> VALUES =
      List.of(
          new Golden(Family.BG_NBD, Quantity.LIKELIHOOD, 2, 30.43, 38.86, 0.0, -9.45860630706627),
          new Golden(Family.BG_NBD, Quantity.LIKELIHOOD, 0, 0.0, 38.86, 0.0, -0.5547132764381585),
          new Golden(Family.BG_NBD, Quantity.LIKELIHOOD, 1000, 10.0, 100.0, 0.0, 3225.142983682824),
          new Golden(Family.BG_NBD, Quantity.ALIVE, 2, 30.43, 38.86, 0.0, 0.726578570080673),
          new Golden(Family.BG_NBD, Quantity.ALIVE, 0, 0.0, 38.86, 0.0, 1.0),
          new Golden(Family.BG_NBD, Quantity.ALIVE, 1000, 10.0, 100.0, 0.0, 0.0),
          new Golden(Family.BG_NBD, Quantity.EXPECTED, 2, 30.43, 38.86, 52.0, 1.5587208064320879),
          new Golden(Family.BG_NBD, Quantity.EXPECTED, 0, 0.0, 38.86, 13.0, 0.06992659460176553),
          new Golden(Family.BG_NBD, Quantity.EXPECTED, 1000, 10.0, 100.0, 39.0, 0.0),
          new Golden(Family.BG_NBD, Quantity.NONE, 2, 30.43, 38.86, 52.0, 0.39715862291169457),
          new Golden(Family.BG_NBD, Quantity.NONE, 0, 0.0, 38.86, 13.0, 0.938163168359162),
          new Golden(Family.BG_NBD, Quantity.NONE, 1000, 10.0, 100.0, 39.0, 1.0),
          new Golden(Family.MBG_NBD, Quantity.LIKELIHOOD, 2, 30.43, 38.86, 0.0, -9.485551314533932),
          new Golden(Family.MBG_NBD, Quantity.LIKELIHOOD, 0, 0.0, 38.86, 0.0, -0.5398374635310146),
          new Golden(
              Family.MBG_NBD, Quantity.LIKELIHOOD, 1000, 10.0, 100.0, 0.0, 3111.072733371094),
          new Golden(Family.MBG_NBD, Quantity.ALIVE, 2, 30.43, 38.86, 0.0, 0.7062022651184873),
          new Golden(Family.MBG_NBD, Quantity.ALIVE, 0, 0.0, 38.86, 0.0, 0.3897350809187629),
          new Golden(Family.MBG_NBD, Quantity.ALIVE, 1000, 10.0, 100.0, 0.0, 0.0),
          new Golden(Family.MBG_NBD, Quantity.EXPECTED, 2, 30.43, 38.86, 52.0, 1.59721663081809),
          new Golden(Family.MBG_NBD, Quantity.EXPECTED, 0, 0.0, 38.86, 13.0, 0.05604763291216778),
          new Golden(Family.MBG_NBD, Quantity.EXPECTED, 1000, 10.0, 100.0, 39.0, 0.0),
          new Golden(Family.MBG_NBD, Quantity.NONE, 2, 30.43, 38.86, 52.0, 0.39548192152986955),
          new Golden(Family.MBG_NBD, Quantity.NONE, 0, 0.0, 38.86, 13.0, 0.9514226083991066),
          new Golden(Family.MBG_NBD, Quantity.NONE, 1000, 10.0, 100.0, 39.0, 1.0),
          new Golden(
              Family.PARETO_NBD, Quantity.LIKELIHOOD, 2, 30.43, 38.86, 0.0, -9.554283245150407),
          new Golden(
              Family.PARETO_NBD, Quantity.LIKELIHOOD, 0, 0.0, 38.86, 0.0, -0.5210462940808903),
          new Golden(
              Family.PARETO_NBD, Quantity.LIKELIHOOD, 1000, 10.0, 100.0, 0.0, 2876.138460611635),
          new Golden(Family.PARETO_NBD, Quantity.ALIVE, 2, 30.43, 38.86, 0.0, 0.8691675591530111),
          new Golden(Family.PARETO_NBD, Quantity.ALIVE, 0, 0.0, 38.86, 0.0, 0.29528660461689415),
          new Golden(Family.PARETO_NBD, Quantity.ALIVE, 1000, 10.0, 100.0, 0.0, 0.0),
          new Golden(
              Family.PARETO_NBD, Quantity.EXPECTED, 2, 30.43, 38.86, 52.0, 1.8508267207019515),
          new Golden(
              Family.PARETO_NBD, Quantity.EXPECTED, 0, 0.0, 38.86, 13.0, 0.03998736328588537),
          new Golden(Family.PARETO_NBD, Quantity.EXPECTED, 1000, 10.0, 100.0, 39.0, 0.0),
          new Golden(Family.PARETO_NBD, Quantity.NONE, 2, 30.43, 38.86, 52.0, 0.3684832056046915),
          new Golden(Family.PARETO_NBD, Quantity.NONE, 0, 0.0, 38.86, 13.0, 0.9665550909362345),
          new Golden(Family.PARETO_NBD, Quantity.NONE, 1000, 10.0, 100.0, 39.0, 1.0));

  @Test
  void the_closed_forms_agree_to_ten_digits() {
    for (Golden golden : VALUES) {
      PurchaseModel m =
          switch (golden.family()) {
            case BG_NBD -> Family.BG_NBD.with(0.243, 4.414, 0.793, 2.426);
            case MBG_NBD -> Family.MBG_NBD.with(0.525, 6.183, 0.891, 1.614);
            case PARETO_NBD -> Family.PARETO_NBD.with(0.553, 10.578, 0.606, 11.669);
            case NBD -> Family.NBD.with(0.385, 12.07);
          };
      double actual =
          switch (golden.quantity()) {
            case LIKELIHOOD -> m.logLikelihood(golden.x(), golden.tx(), golden.age());
            case ALIVE -> m.pAlive(golden.x(), golden.tx(), golden.age());
            case EXPECTED -> m.expected(golden.x(), golden.tx(), golden.age(), golden.t());
            case NONE -> m.pNone(golden.x(), golden.tx(), golden.age(), golden.t());
          };
      assertEquals(golden.value(), actual, 1e-10 * Math.abs(golden.value()), golden.toString());
    }
  }
}
