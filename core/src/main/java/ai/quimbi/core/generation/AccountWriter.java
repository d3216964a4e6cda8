package ai.quimbi.core.generation;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writes about an account as [Writer] writes to a customer: composed of facts, phrased by a
/// language model where there is one and its text holds against them.
public final class AccountWriter {
  private static final int SUMMARY_WORDS = 120;

  private AccountWriter() {}

  /// A text and who wrote it.
  ///
  /// @param generator `composer`, or the model's name @param reason why the composer wrote although
  /// a model is there, else `null`
  public record Text<T>(T value, String generator, @Nullable String reason) {}

  /// An email to the account.
  public record Letter(String subject, String body) {}

  /// `seed` chooses among wordings that say the same.
  public static Text<Letter> letter(AccountFacts facts, long seed, Pen pen) {
    Text<String> body =
        phrased(
            List.of(facts.name()),
            AccountLetter.statements(facts),
            AccountLetter.body(facts, seed),
            new Wish(AccountPrompts.LETTER, "an e-mail without a subject", Length.LONG.maxWords()),
            text -> Form.fits(text, Length.LONG),
            pen);
    return new Text<>(
        new Letter(AccountLetter.subject(facts), body.value()), body.generator(), body.reason());
  }

  /// The sections of the account's quarterly business review.
  public static Text<List<String>> review(AccountFacts facts, Pen pen) {
    List<String> sections = AccountReview.sections(facts);
    Text<String> lines =
        phrased(
            List.of(facts.name()),
            sections,
            String.join("\n", sections),
            new Wish(
                AccountPrompts.REVIEW, "an outline, one line a section", Length.LONG.maxWords()),
            text -> Form.fits(text, Length.LONG) && hasHeadings(text, sections),
            pen);
    return new Text<>(List.of(lines.value().split("\n", -1)), lines.generator(), lines.reason());
  }

  /// `draft` is a summary made of the account's facts by rules; everything in it counts as stated.
  public static Text<String> summary(AccountFacts facts, String draft, Pen pen) {
    return phrased(
        List.of(facts.name()),
        List.of("The account is " + facts.name() + ".", draft),
        draft,
        new Wish(AccountPrompts.SUMMARY, "a summary of a few sentences", SUMMARY_WORDS),
        text -> Words.count(text) <= SUMMARY_WORDS,
        pen);
  }

  /// A summary of accounts that were ranked by rules. Where there are none the draft says so, and
  /// there is nothing to phrase.
  public static Text<String> ranking(RankedAccounts ranked, Pen pen) {
    return ranked.lines().isEmpty()
        ? new Text<>(ranked.draft(), Writer.COMPOSER, null)
        : phrased(
            ranked.names(),
            ranked.statements(),
            ranked.draft(),
            new Wish(AccountPrompts.RANKING, "a summary of a few sentences", SUMMARY_WORDS),
            text -> Words.count(text) <= SUMMARY_WORDS && ranked.isAttributedIn(text),
            pen);
  }

  /// Everything in `text` that a letter about these facts may not state; for those who wish to
  /// check a text themselves.
  public static List<Grounding.Unsupported> unsupported(AccountFacts facts, String letter) {
    return Grounding.on(new Evidence(AccountLetter.statements(facts))).unsupported(letter);
  }

  private record Wish(String system, String task, int maxWords) {}

  private static Text<String> phrased(
      List<String> names,
      List<String> statements,
      String draft,
      Wish wish,
      Predicate<String> keepsForm,
      Pen pen) {
    LanguageModel model = pen.model();
    if (model == null) {
      return new Text<>(draft, Writer.COMPOSER, null);
    }
    UnaryOperator<String> shape = text -> Form.shaped(Fold.of(text), Channel.EMAIL);
    Rewriting rewriting =
        new Rewriting(
            model,
            wish.system(),
            AccountPrompts.user(statements, draft, wish.task(), wish.maxWords()),
            wish.maxWords(),
            Redaction.of(names, pen.phones()),
            Grounding.on(new Evidence(statements))::unsupported,
            shape,
            keepsForm);
    return switch (rewriting.outcome()) {
      case Rewriting.Outcome.Taken taken -> new Text<>(taken.text(), taken.model(), null);
      case Rewriting.Outcome.Kept kept -> new Text<>(draft, Writer.COMPOSER, kept.reason());
    };
  }

  private static boolean hasHeadings(String text, List<String> sections) {
    String[] lines = text.split("\n", -1);
    return lines.length == sections.size()
        && IntStream.range(0, lines.length)
            .allMatch(i -> lines[i].startsWith(heading(sections.get(i))));
  }

  private static String heading(String section) {
    return section.substring(0, section.indexOf(':') + 1);
  }
}
