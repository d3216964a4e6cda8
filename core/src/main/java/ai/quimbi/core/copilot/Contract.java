package ai.quimbi.core.copilot;

import java.math.BigDecimal;

/// When an account renews, and what it pays a year (annual recurring revenue).
public record Contract(Renewal renewal, BigDecimal arr) implements ToolResult {}
