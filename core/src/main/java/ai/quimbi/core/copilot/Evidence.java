package ai.quimbi.core.copilot;

import org.jspecify.annotations.Nullable;

/// What is stored about one account, as a tool needs it, whatever it was stored in. `usage` is
/// `null` where fewer than two days of the period are known.
public record Evidence(Account account, @Nullable Usage usage, int periodDays, Tickets tickets) {}
