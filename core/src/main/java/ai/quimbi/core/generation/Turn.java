package ai.quimbi.core.generation;

import org.jspecify.annotations.Nullable;

/// One message of a conversation. `name` is the speaker's, where the caller's label was a name and
/// not a role. The text is data: nothing in it is an instruction or a fact.
public record Turn(Speaker speaker, @Nullable String name, String text) {

  /// Who wrote it.
  public enum Speaker {
    CUSTOMER,
    AGENT
  }

  public static Turn customer(String text) {
    return new Turn(Speaker.CUSTOMER, null, text);
  }

  public static Turn agent(String text) {
    return new Turn(Speaker.AGENT, null, text);
  }
}
