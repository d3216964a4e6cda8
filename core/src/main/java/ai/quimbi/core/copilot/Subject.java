package ai.quimbi.core.copilot;

/// What every tool is asked about: a customer, seen by an owner. `isLenient` asks for the older
/// behaviour: where data is missing, an answer with neutral values that says so, instead of
/// `MISSING_DATA`.
public record Subject(String customerId, String owner, boolean isLenient) {
  /// The owner of what belongs to nobody in particular.
  public static final String PUBLIC = "public";

  public static Subject of(String customerId) {
    return new Subject(customerId, PUBLIC, false);
  }
}
