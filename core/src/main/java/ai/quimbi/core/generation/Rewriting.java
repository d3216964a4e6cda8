package ai.quimbi.core.generation;

import ai.quimbi.core.generation.Grounding.Unsupported;
import ai.quimbi.core.generation.LanguageModel.Failed;
import ai.quimbi.core.generation.LanguageModel.Prompt;
import ai.quimbi.core.generation.LanguageModel.Written;
import ai.quimbi.core.generation.Redaction.Redacted;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A language model's rewriting of a draft: taken only where it holds against the facts and keeps
/// to the form. One repair is asked for; after that the draft stands.
///
/// @param check what no fact supports in a text
/// @param shape makes a model's text fit to be sent, before it is checked
/// @param keepsForm whether a shaped text has the length and the parts that were asked for
record Rewriting(
    LanguageModel model,
    String system,
    String user,
    int maxWords,
    Redaction redaction,
    Function<String, List<Unsupported>> check,
    UnaryOperator<String> shape,
    Predicate<String> keepsForm) {

  private static final int ROUNDS = 2;

  /// Room for the longest text with some air; a token is about three quarters of a word.
  private static final double TOKENS_PER_WORD = 2.5;

  private static final int MAX_CHARS_PER_WORD = 15;

  /// What came of it.
  sealed interface Outcome {
    record Taken(String text, String model) implements Outcome {}

    record Kept(String reason) implements Outcome {}
  }

  Outcome outcome() {
    String asked = user;
    int maxTokens = 64 + (int) (maxWords * TOKENS_PER_WORD);
    List<Unsupported> problems = List.of();
    for (int round = 0; round < ROUNDS; round++) {
      Redacted hidden = redaction.hide(asked);
      switch (model.complete(new Prompt(system, hidden.text(), maxTokens))) {
        case Failed failed -> {
          return new Outcome.Kept(failed.reason().label());
        }
        case Written written -> {
          String text = shape.apply(hidden.restore(written.text()));
          // A text far beyond the length is not worth reading, and could take long to read.
          boolean isEndless = text.length() > maxWords * MAX_CHARS_PER_WORD;
          boolean isMisshapen = isEndless || !keepsForm.test(text);
          problems = isEndless ? List.of() : check.apply(text);
          if (problems.isEmpty() && !isMisshapen && !text.isBlank()) {
            return new Outcome.Taken(text, written.model());
          }
          asked = Prompts.repair(user, text, problems, isMisshapen);
        }
      }
    }
    return new Outcome.Kept(
        problems.isEmpty()
            ? "the language model's text did not keep to the length or form asked for"
            : "the language model's text stated what no fact supports");
  }
}
