package ai.quimbi.core.copilot;

/// What came of a tool's call.
public sealed interface ToolOutcome permits ToolResult, ToolOutcome.Incomplete, ToolFailure {
  /// A lenient answer: what was missing stands in it as a neutral value.
  record Incomplete(ToolResult result) implements ToolOutcome {}
}
