package ai.quimbi.core.copilot;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A customer as customer success sees it. `renewal` and `arr` are `null` while nobody has told
/// them; `currency` is what `arr` is counted in.
public record Account(
    String customerId,
    String name,
    String owner,
    @Nullable Renewal renewal,
    @Nullable BigDecimal arr,
    String currency) {}
