package ai.quimbi.core.copilot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The six tools and how long each may take.
public enum ToolName {
  GET_CUSTOMER_USAGE("How much an account uses the product, and whether that grows.", 5_000),
  GET_RECENT_TICKETS("An account's open and recent support tickets.", 5_000),
  GET_CONTRACT_INFO("When an account renews and what it pays a year.", 5_000),
  CALCULATE_HEALTH("An account's health from usage, tickets and renewal, by fixed rules.", 5_000),
  GENERATE_EMAIL("A draft of an email to an account, from what is known of it.", 15_000),
  GENERATE_QBR_OUTLINE("An outline of an account's quarterly business review.", 15_000);

  private final String purpose;
  private final long deadlineMillis;

  ToolName(String purpose, long deadlineMillis) {
    this.purpose = purpose;
    this.deadlineMillis = deadlineMillis;
  }

  /// The name in paths and contracts: `get_customer_usage`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String purpose() {
    return purpose;
  }

  /// Whether its answer is a text, and not what is stored.
  boolean isWriting() {
    return this == GENERATE_EMAIL || this == GENERATE_QBR_OUTLINE;
  }

  public long deadlineMillis() {
    return deadlineMillis;
  }

  public static Optional<ToolName> ofLabel(String label) {
    return Arrays.stream(values()).filter(tool -> tool.label().equals(label)).findFirst();
  }
}
