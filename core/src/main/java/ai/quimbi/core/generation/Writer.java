package ai.quimbi.core.generation;

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

  // The wording of these is never left to chance.
  static final String GRAVE = "legal and safety matters are not given to a model";

  private Writer() {}

  public static Result write(
      Brief brief, FactSheet sheet, long seed, @Nullable LanguageModel model, PhoneFinder phones) {
    Draft draft = Composer.compose(brief, sheet, seed);
    if (model == null) {
      return new Result(draft, COMPOSER, null);
    }
    Topic topic = Inquiry.of(brief).topic();
    if (topic == Topic.LEGAL || topic == Topic.SAFETY) {
      return new Result(draft, COMPOSER, GRAVE);
    }
    return rewrite(brief, sheet, draft, model, phones);
  }

  private static Result rewrite(
      Brief brief, FactSheet sheet, Draft draft, LanguageModel model, PhoneFinder phones) {
    Evidence evidence = new Evidence(sheet);
    Channel channel = brief.channel().value();
    Length length = brief.length().value();
    Rewriting rewriting =
        new Rewriting(
            model,
            Prompts.SYSTEM,
            Prompts.user(brief, sheet, draft),
            length.maxWords(),
            Redaction.of(brief, evidence, phones),
            Grounding.on(evidence)::unsupported,
            text -> Form.shaped(text, channel),
            text -> Form.fits(text, length));
    return switch (rewriting.outcome()) {
      case Rewriting.Outcome.Taken taken ->
          new Result(drafted(brief, sheet, draft, taken.text()), taken.model(), null);
      case Rewriting.Outcome.Kept kept -> new Result(draft, COMPOSER, kept.reason());
    };
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
