package ai.quimbi.core.generation;

import java.util.List;

/// The port to a language model. It only phrases and chooses: what it returns is checked
/// before anybody sees it. An implementation bounds its own time and never throws.
public interface LanguageModel {

  Outcome complete(Prompt prompt);

  /// What is asked: `system` are our instructions, `user` is data and the task. Where there are
  /// `choices`, the answer is to be some of these words, and whoever can hold a model to them does.
  record Prompt(String system, String user, int maxOutputTokens, List<String> choices) {
    public Prompt {
      choices = List.copyOf(choices);
    }

    public Prompt(String system, String user, int maxOutputTokens) {
      this(system, user, maxOutputTokens, List.of());
    }
  }

  /// What came of it.
  sealed interface Outcome {}

  /// The text of a message, or the chosen words parted by commas; untrusted. `model` names what
  /// wrote it.
  record Written(String text, String model) implements Outcome {}

  /// No text. `detail` is for logs and never holds what was sent or received.
  record Failed(Reason reason, String detail) implements Outcome {}

  /// Why there is no text; the label is what callers see.
  enum Reason {
    TIMEOUT("the language model did not answer in time"),
    RATE_LIMITED("the language model's provider limits requests at the moment"),
    UNAVAILABLE("the language model could not be reached"),
    REFUSED("the language model declined"),
    MALFORMED("the language model's answer could not be read"),
    TOO_LARGE("the language model's answer was too long"),
    BUDGET_SPENT("the day's budget for language models is spent"),
    BUDGET_UNKNOWN("what language models have cost today could not be read"),
    CIRCUIT_OPEN("the language model has failed repeatedly and is given a rest"),
    NOT_ACCEPTED("the provider did not accept the request or its key");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
