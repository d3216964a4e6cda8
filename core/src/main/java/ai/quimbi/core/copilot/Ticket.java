package ai.quimbi.core.copilot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One support case.
public record Ticket(
    String id,
    Severity severity,
    boolean isOpen,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable String subject) {}
