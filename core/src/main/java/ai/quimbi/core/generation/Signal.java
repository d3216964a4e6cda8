package ai.quimbi.core.generation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is seen in a situation and decides which plays apply.
public enum Signal {
  // the customer
  HIGH_CHURN,
  MEDIUM_CHURN,
  LOW_CHURN,
  UNKNOWN_CHURN,
  VIP,
  HIGH_VALUE,
  NEW_CUSTOMER,
  ESTABLISHED,
  DEAL_HUNTER,
  FULL_PRICE,
  FREQUENT_RETURNER,
  CAREFUL_BUYER,
  POWER_BUYER,
  LAPSED,
  // the ticket or conversation
  SAFETY,
  LEGAL,
  DAMAGED,
  WRONG_ITEM,
  LATE,
  CANCEL,
  REFUND,
  RETURN,
  BILLING,
  ACCOUNT,
  PRICE,
  ADVICE,
  COMPLAINT,
  THANKS,
  NO_TOPIC,
  URGENT,
  SPLIT_SHIPMENT,
  // what the catalogue has
  HAS_OFFER,
  HAS_PRODUCT,
  HAS_POLICY;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Signal> ofLabel(String label) {
    return Arrays.stream(values()).filter(s -> s.label().equals(label)).findFirst();
  }
}
