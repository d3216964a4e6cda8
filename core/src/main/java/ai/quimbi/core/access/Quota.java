package ai.quimbi.core.access;

/// How many requests a key may send: two fixed windows, the minute's and the hour's. The request
/// after the last allowed one is refused.
public record Quota(int perMinute, int perHour) {
  /// What the document promises to a key for which nothing else was set.
  public static final Quota DEFAULT = new Quota(100, 1000);

  public Quota {
    if (perMinute < 1 || perHour < 1) {
      throw new IllegalArgumentException(
          "a quota allows at least one request, was " + perMinute + " and " + perHour);
    }
  }
}
