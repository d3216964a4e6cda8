package ai.quimbi.core.behaviour;

/// What is usual at a tenant, so that money is measured in its own typical sizes and a rate is
/// judged beside its own customers' rate.
///
/// `orderMinor` and `unitMinor`: the typical value of a purchase day and of a unit, minor units;
/// `repeatsPerDay`: repeat purchase days by day of tenure; `tellsContacts`: whether contacts are
/// told at all, as only then their absence means something.
record Yardstick(double orderMinor, double unitMinor, double repeatsPerDay, boolean tellsContacts) {
  Yardstick {
    requirePositive("orderMinor", orderMinor);
    requirePositive("unitMinor", unitMinor);
    requirePositive("repeatsPerDay", repeatsPerDay);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be above zero, was " + value);
    }
  }
}
