package ai.quimbi.core.copilot;

/// What a tool found.
public sealed interface ToolResult extends ToolOutcome
    permits Usage, Tickets, Contract, Health, EmailDraft, QbrOutline {}
