package ai.quimbi.core.copilot;

/// Why a tool has no answer: a code for programs and a sentence for people.
public record ToolFailure(Code code, String message) implements ToolOutcome {
  /// The contract's codes and the HTTP status each is sent with.
  public enum Code {
    INVALID_INPUT(400),
    UNAUTHORIZED(401),
    MISSING_DATA(404),
    UNKNOWN_TOOL(404),
    RATE_LIMITED(429),
    TOOL_FAILURE(500),
    TIMEOUT(504);

    private final int status;

    Code(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  public static ToolFailure missing(String message) {
    return new ToolFailure(Code.MISSING_DATA, message);
  }
}
