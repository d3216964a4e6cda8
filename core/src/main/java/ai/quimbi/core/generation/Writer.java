package ai.quimbi.core.generation;

import ai.quimbi.core.generation.Grounding.Unsupported;
import ai.quimbi.core.generation.LanguageModel.Failed;
import ai.quimbi.core.generation.LanguageModel.Outcome;
import ai.quimbi.core.generation.LanguageModel.Prompt;
import ai.quimbi.core.generation.LanguageModel.Written;
import ai.quimbi.core.generation.Redaction.Redacted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a message: the composer's, or a language model's rewriting of it where there is a model
/// and its text holds against the facts. One repair is asked for; after that the composer's stands.
public final class Writer {

  /// A message and who wrote it.
  ///
  /// @param generator `composer`, or the model's name @param reason why the composer wrote although
  /// a model is there, else `null`
  public record Result(Draft draft, String generator, @Nullable String reason) {}

  public static final String COMPOSER = "composer";

  private static final int ROUNDS = 2;

  /// Room for the longest message with some air; a token is about three quarters of a word.
  private static final double TOKENS_PER_WORD = 2.5;

  private static final int MAX_CHARS_PER_WORD = 15;

  private Writer() {}

  public static Result write(
      Brief brief, FactSheet sheet, long seed, @Nullable LanguageModel model, PhoneFinder phones) {
    Draft draft = Composer.compose(brief, sheet, seed);
    if (model == null) {
      return new Result(draft, COMPOSER, null);
    }
    Topic topic = Inquiry.of(brief).topic();
    if (topic == Topic.LEGAL || topic == Topic.SAFETY) {
      // The wording of these is never left to chance.
      return new Result(draft, COMPOSER, "legal and safety matters are not given to a model");
    }
    return rewrite(brief, sheet, draft, model, phones);
  }

  private static Result rewrite(
      Brief brief, FactSheet sheet, Draft draft, LanguageModel model, PhoneFinder phones) {
    Evidence evidence = new Evidence(sheet);
    Redaction redaction = Redaction.of(brief, evidence, phones);
    Channel channel = brief.channel().value();
    Length length = brief.length().value();
    String user = Prompts.user(brief, sheet, draft);
    String asked = user;
    int maxTokens = 64 + (int) (length.maxWords() * TOKENS_PER_WORD);
    Grounding grounding = Grounding.on(evidence);
    List<Unsupported> problems = List.of();
    for (int round = 0; round < ROUNDS; round++) {
      Redacted hidden = redaction.hide(asked);
      Outcome outcome = model.complete(new Prompt(Prompts.SYSTEM, hidden.text(), maxTokens));
      switch (outcome) {
        case Failed failed -> {
          return new Result(draft, COMPOSER, failed.reason().label());
        }
        case Written written -> {
          String text = Form.shaped(hidden.restore(written.text()), channel);
          // A text far beyond the length is not worth reading, and could take long to read.
          boolean isEndless = text.length() > length.maxWords() * MAX_CHARS_PER_WORD;
          boolean isTooLong = isEndless || !Form.fits(text, length);
          problems = isEndless ? List.of() : grounding.unsupported(text);
          if (problems.isEmpty() && !isTooLong && !text.isBlank()) {
            return new Result(drafted(brief, sheet, draft, text), written.model(), null);
          }
          asked = Prompts.repair(user, text, problems, isTooLong);
        }
      }
    }
    String why =
        problems.isEmpty()
            ? "the language model's text did not keep to the length"
            : "the language model's text stated what no fact supports";
    return new Result(draft, COMPOSER, why);
  }

  // What a segment did to a model's words cannot be told by writing them again, so only what can be
  // seen in the text is claimed.
  private static Draft drafted(Brief brief, FactSheet sheet, Draft draft, String text) {
    Channel channel = brief.channel().value();
    List<String> applied = new ArrayList<>();
    Known<String> name = brief.customer().name();
    if (name != null && text.contains(name.value())) {
      applied.add(Touch.NAME.claim(brief.customer()));
    }
    applied.addAll(Personalization.facts(text, sheet));
    applied.addAll(Personalization.fallbacks(brief));
    return new Draft(
        text,
        draft.subject(),
        draft.tone(),
        channel,
        applied,
        Form.parts(text, channel),
        Form.segments(text, channel));
  }
}
