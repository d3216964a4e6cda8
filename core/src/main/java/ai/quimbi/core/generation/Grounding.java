package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks a text against the fact sheet: each figure, link, code and name must stand on it, and
/// each sentence that binds anybody must say what a fact says. The conversation is no fact: what a
/// customer claims to have been promised supports nothing.
public final class Grounding {

  /// What is wrong with a text.
  public enum Kind {
    FIGURE,
    LINK,
    CODE,
    NAME,
    PRICE_OF_ANOTHER,
    COMMITMENT,
    INSIDE_KNOWLEDGE,
    MARKUP,
    PLACEHOLDER,
    DISGUISE,
    MEANING,
    LANGUAGE
  }

  /// One thing in a text that nothing supports. `excerpt` is at most 80 characters.
  public record Unsupported(Kind kind, String excerpt) {
    static Unsupported of(Kind kind, String text) {
      return new Unsupported(kind, text.length() <= 80 ? text : text.substring(0, 80));
    }
  }

  // What the platform knows and a customer is not told.
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\b(?:churn\\w*|lifetime value|ltv|segment(?:s|ed|ation)?|archetypes?|deal hunters?"
              + "|system prompt|my instructions|previous instructions|fact sheet|language model"
              + "|as an ai|placeholders?|risk (?:score|level))\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> ENGLISH =
      Set.of(
          ("a an and are as at be been but by can could do does for from has have help here how i if"
                  + " in is it its me my no not of on or our please so than that the their them then"
                  + " there these they this to up us was we were what when where which who will with"
                  + " would you your am i'm it's let sorry thank thanks hello hi regards best")
              .split(" "));

  private static final int MIN_WORDS_FOR_LANGUAGE = 6;
  private static final double MIN_ENGLISH = 0.15;

  private final Evidence evidence;

  private Grounding(Evidence evidence) {
    this.evidence = evidence;
  }

  public static Grounding on(FactSheet sheet) {
    return on(new Evidence(sheet));
  }

  static Grounding on(Evidence evidence) {
    return new Grounding(evidence);
  }

  /// Everything in `text` that the sheet does not support; empty when the text may be sent.
  public List<Unsupported> unsupported(String text) {
    String folded = Fold.of(text);
    List<Unsupported> found = new ArrayList<>();
    if (Claims.hasMarkup(folded)) {
      found.add(Unsupported.of(Kind.MARKUP, folded.strip()));
    }
    if (Claims.hasPlaceholder(folded)) {
      found.add(Unsupported.of(Kind.PLACEHOLDER, folded.strip()));
    }
    for (String token : Claims.disguised(folded)) {
      if (!evidence.hasToken(token)) {
        found.add(Unsupported.of(Kind.DISGUISE, token));
      }
    }
    for (String link : Claims.links(folded)) {
      if (!evidence.hasLink(link)) {
        found.add(Unsupported.of(Kind.LINK, link));
      }
    }
    for (String sentence : Words.sentences(Claims.withoutLinks(folded))) {
      check(sentence, found);
    }
    return found;
  }

  private void check(String sentence, List<Unsupported> found) {
    Set<String> figures = Figures.in(sentence);
    for (String figure : figures) {
      if (!evidence.hasFigure(figure)) {
        found.add(Unsupported.of(Kind.FIGURE, figure));
      }
    }
    for (String code : Claims.codes(sentence)) {
      if (!evidence.hasToken(code)) {
        found.add(Unsupported.of(Kind.CODE, code));
      }
    }
    for (String name : Claims.names(sentence)) {
      if (!evidence.hasToken(name) && !isPartwiseKnown(name)) {
        found.add(Unsupported.of(Kind.NAME, name));
      }
    }
    if (evidence.mispriced(sentence, figures) != null) {
      found.add(Unsupported.of(Kind.PRICE_OF_ANOTHER, sentence));
    }
    List<String> binding = Commitments.in(sentence);
    if (!binding.isEmpty() && !evidence.supports(sentence, binding)) {
      found.add(Unsupported.of(Kind.COMMITMENT, sentence));
    }
    Matcher inside = INSIDE.matcher(sentence);
    if (inside.find() && !evidence.hasToken(inside.group())) {
      found.add(Unsupported.of(Kind.INSIDE_KNOWLEDGE, sentence));
    }
    if (!isEnglish(sentence) && !evidence.supports(sentence, List.of())) {
      found.add(Unsupported.of(Kind.LANGUAGE, sentence));
    }
  }

  private boolean isPartwiseKnown(String name) {
    for (String part : name.split("[-/&]", -1)) {
      if (!part.isEmpty() && !evidence.hasToken(part)) {
        return false;
      }
    }
    return true;
  }

  // Short sentences and bare names say too little to tell; other alphabets tell at once.
  private static boolean isEnglish(String sentence) {
    long letters = sentence.codePoints().filter(Character::isLetter).count();
    long latin =
        sentence
            .codePoints()
            .filter(c -> Character.isLetter(c))
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
            .count();
    if (letters > 4 && latin < 0.8 * letters) {
      return false;
    }
    String[] words = sentence.toLowerCase(Locale.ROOT).split("[^\\p{L}']+", -1);
    long known = 0;
    long all = 0;
    for (String word : words) {
      if (!word.isEmpty()) {
        all++;
        known += ENGLISH.contains(word) ? 1 : 0;
      }
    }
    return all < MIN_WORDS_FOR_LANGUAGE || known >= MIN_ENGLISH * all;
  }
}
