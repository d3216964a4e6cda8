package ai.quimbi.core.customer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One contact with a customer (`support_ticket`, `email_open`, …) on a channel.
public record Interaction(
    String source,
    String identity,
    String customerId,
    String type,
    @Nullable String channel,
    Instant at) {}
