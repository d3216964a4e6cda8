package ai.quimbi.core.copilot;

/// How many people of an account used the product on one day (an epoch day).
public record UsageDay(int day, long activeUsers) {
  public UsageDay {
    if (activeUsers < 0) {
      throw new IllegalArgumentException("active users cannot be negative, was " + activeUsers);
    }
  }
}
