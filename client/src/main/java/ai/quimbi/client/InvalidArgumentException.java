package ai.quimbi.client;

/// An argument that Quimbi would refuse. Thrown before anything is sent.
public final class InvalidArgumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidArgumentException(String field, String problem) {
    super(field + " " + problem);
    this.field = field;
  }

  /// The argument's name, for example `horizonMonths` or `orders[3].orderId`.
  public String field() {
    return field;
  }
}
