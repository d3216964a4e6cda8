package ai.quimbi.server.llm;

import java.math.BigDecimal;

/// Tokens and the money they cost.
public record Spend(long tokens, BigDecimal money) {
  public static final Spend NOTHING = new Spend(0, BigDecimal.ZERO);

  public Spend plus(Spend other) {
    return new Spend(tokens + other.tokens, money.add(other.money));
  }

  public Spend minus(Spend other) {
    return new Spend(tokens - other.tokens, money.subtract(other.money));
  }

  boolean exceeds(Spend limit) {
    return tokens > limit.tokens || money.compareTo(limit.money) > 0;
  }
}
