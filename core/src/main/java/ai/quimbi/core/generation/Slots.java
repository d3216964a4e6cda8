package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the templates of plays are filled with, as far as it is known.
final class Slots {
  private final @Nullable Double churn;
  private final @Nullable BigDecimal value;
  private final @Nullable BigDecimal atRisk;
  private final Currency currency;
  private final Map<String, String> words = new TreeMap<>();

  Slots(Situation situation, Set<Signal> signals, Currency currency) {
    CustomerFacts customer = situation.facts().customer();
    this.currency = currency;
    churn = customer.churnRisk() == null ? null : customer.churnRisk().value();
    value = customer.lifetimeValue() == null ? null : customer.lifetimeValue().value();
    atRisk =
        churn == null || value == null
            ? null
            : BigDecimal.valueOf(churn)
                .multiply(value)
                .setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_EVEN);
    words.put(
        "{value}",
        signals.contains(Signal.VIP)
            ? "VIP"
            : signals.contains(Signal.HIGH_VALUE)
                ? "High-value"
                : signals.contains(Signal.NEW_CUSTOMER) ? "New" : "Valued");
    if (churn != null) {
      words.put("{churn}", Cash.percent(churn));
      words.put(
          "{churn_level}",
          signals.contains(Signal.HIGH_CHURN)
              ? "elevated"
              : signals.contains(Signal.MEDIUM_CHURN) ? "moderate" : "low");
    }
    if (value != null) {
      words.put("{ltv}", Cash.of(value, currency));
    }
    if (atRisk != null) {
      words.put("{at_risk}", Cash.of(atRisk, currency));
    }
    FactSheet facts = situation.facts();
    if (!facts.offers().isEmpty()) {
      words.put("{offer}", facts.offers().getFirst().title());
    }
    if (!facts.products().isEmpty()) {
      words.put("{product}", facts.products().getFirst().title());
    }
    if (!facts.policies().isEmpty()) {
      words.put("{policy}", facts.policies().getFirst().title());
    }
  }

  @Nullable Double churn() {
    return churn;
  }

  /// Churn x lifetime value, to the minor unit.
  @Nullable BigDecimal atRisk() {
    return atRisk;
  }

  @Nullable BigDecimal value() {
    return value;
  }

  String money(BigDecimal amount) {
    return Cash.of(amount, currency);
  }

  /// The template with what is known, or `null` when it needs what is not. Catalogue texts are not
  /// searched for slots again.
  @Nullable String filled(String template) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        return text.append(template, at, template.length()).toString();
      }
      String word = words.get(template.substring(open, close + 1));
      if (word == null) {
        return null;
      }
      text.append(template, at, open).append(word);
      at = close + 1;
    }
    return text.toString();
  }
}
