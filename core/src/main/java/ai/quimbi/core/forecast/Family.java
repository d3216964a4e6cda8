package ai.quimbi.core.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The purchase models, under the names people type.
public enum Family {
  NBD("nbd", "r alpha"),
  BG_NBD("bg-nbd", "r alpha a b"),
  MBG_NBD("mbg-nbd", "r alpha a b"),
  PARETO_NBD("pareto-nbd", "r alpha s beta");

  private final String label;
  private final String parameterNames;

  Family(String label, String parameterNames) {
    this.label = label;
    this.parameterNames = parameterNames;
  }

  public String label() {
    return label;
  }

  public List<String> parameterNames() {
    return List.of(parameterNames.split(" ", -1));
  }

  public static Optional<Family> ofLabel(String label) {
    return Arrays.stream(values()).filter(family -> family.label.equals(label)).findFirst();
  }

  /// The model with these parameters, in the order of [#parameterNames].
  public PurchaseModel with(double... p) {
    if (p.length != (this == NBD ? 2 : 4)) {
      throw new IllegalArgumentException(
          label + " has the parameters " + parameterNames + ", got " + p.length + " numbers");
    }
    return switch (this) {
      case NBD -> new Nbd(p[0], p[1]);
      case BG_NBD -> new BgNbd(p[0], p[1], p[2], p[3]);
      case MBG_NBD -> new MbgNbd(p[0], p[1], p[2], p[3]);
      case PARETO_NBD -> new ParetoNbd(p[0], p[1], p[2], p[3]);
    };
  }
}
