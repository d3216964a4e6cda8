package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Money given back on an order, in the order's currency.
public record Refund(String refundId, BigDecimal amount, @Nullable Instant refundedAt) {}
