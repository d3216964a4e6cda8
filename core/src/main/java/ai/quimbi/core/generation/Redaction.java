package ai.quimbi.core.generation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts placeholders for what identifies people: e-mail addresses, telephones, cards, accounts,
/// street addresses, names. It errs towards hiding; what is hidden comes back when the placeholder
/// does.
public final class Redaction {

  /// Texts that may leave and what stands behind their placeholders.
  public record Redacted(String text, Map<String, String> originals) {
    public Redacted {
      originals = Map.copyOf(originals);
    }

    /// `answer` with the placeholders of this redaction put back. Others stay and are found by
    /// [Grounding].
    public String restore(String answer) {
      return PLACEHOLDER
          .matcher(answer)
          .replaceAll(m -> Matcher.quoteReplacement(originals.getOrDefault(m.group(), m.group())));
    }
  }

  private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z]{2,12}_\\d{1,4}\\]");

  private static final Pattern EMAIL =
      ci(
          "(?<![\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}._%+'-]{1,64} ?(?:@|\\(at\\)|\\[at\\]| at (?=[\\w-]+ (?:dot|\\.) ))"
              + " ?[\\p{L}\\p{N}-]{1,63}(?:(?:\\.| ?\\(dot\\) ?| ?\\[dot\\] ?| dot )[\\p{L}\\p{N}-]{1,63}){1,8}");
  private static final Pattern IBAN =
      ci("(?<!\\w)[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}(?!\\w)");
  private static final Pattern CARD = Pattern.compile("(?<!\\d)\\d(?:[ .-]{0,2}\\d){12,18}(?!\\d)");
  private static final Pattern NAMED_ACCOUNT =
      ci(
          "(?:account|acct|a/c|routing|sort code|iban|bic|swift|ssn|social security|passport|licen[cs]e"
              + "|tax id|vat|pin|cvv|cvc|security code|password|passcode)"
              + "(?: ?(?:number|no\\.?|num|nr\\.?|id|code))?(?: is|:|#|=)? *#?"
              + "((?=[\\w-]*\\d)[\\w-]{3,}(?: [\\d-]{2,})*)");
  private static final Pattern SOCIAL = Pattern.compile("(?<!\\d)\\d{3}-\\d{2}-\\d{4}(?!\\d)");
  private static final Pattern LONG_NUMBER =
      Pattern.compile("(?<![\\w])\\+?\\(?\\d(?:[ ()./-]{0,2}\\d){6,}(?!\\d)");
  private static final Pattern ISO_DATE =
      Pattern.compile("\\s*(?:19|20)\\d{2}-[01]\\d-[0-3]\\d\\s*");
  private static final Pattern SPOKEN_NUMBER =
      ci(
          "\\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\\b[ ,.-]*){7,}");
  private static final Pattern BIRTH =
      ci(
          "(?:born(?: on)?|dob|d\\.o\\.b\\.?|birth ?da(?:y|te)|date of birth)(?: is|:)? *"
              + "([\\p{L}\\d][\\p{L}\\d]*[ ./,-]+[\\p{L}\\d]+(?:[ ./,-]+\\d{2,4})?)");

  private static final String STREET =
      "(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|square"
          + "|sq|terrace|ter|parkway|pkwy|highway|hwy|circle|cir|close|crescent|row|hill|mews|trail)";
  private static final Pattern ADDRESS =
      ci(
          "(?<!\\w)\\d{1,6}[a-z]?,? (?:[nsew]\\.? )?(?:[\\p{L}\\d'.-]{1,40} ){1,4}?"
              + STREET
              + "\\b\\.?(?:,? (?:apt|apartment|suite|ste|unit|flat|floor|#)\\.? ?[\\w-]+)?"
              + "(?:,? [\\p{L} .'-]{2,30}?,? [A-Z]{2}\\.? \\d{5}(?:-\\d{4})?|, \\p{Lu}[\\p{L}'-]+)?");
  private static final Pattern STREET_FIRST =
      ci(
          "\\b(?:\\p{L}{1,40}(?:stra(?:ß|ss)e|str\\.|weg|platz|gasse|allee|laan|straat|gatan)"
              + "|(?:rue|avenue|via|calle|plaza|ul\\.|ulica|rua|viale|piazza) (?:[\\p{L}'.-]{1,40} ){0,3}[\\p{L}'.-]{1,40})"
              + ",? ?\\d{1,5}[a-z]?\\b(?:,? \\d{4,5} \\p{L}+)?");
  private static final Pattern NUMBER_FIRST =
      ci("\\b\\d{1,4},? (?:bis )?(?:rue|avenue|boulevard|calle|via) (?:[\\p{L}'.-]{1,40} ?){1,4}");
  private static final Pattern BOX =
      ci("\\bp\\.? ?o\\.? box \\d+(?:,? [\\p{L} ]{2,30},? [A-Z]{2} \\d{5})?");
  private static final Pattern POSTCODE =
      Pattern.compile(
          "\\b[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[ABD-HJLNP-UW-Z]{2}\\b|\\b[A-Z]{2},? \\d{5}(?:-\\d{4})?\\b"
              + "|\\b[ABCEGHJ-NPRSTVXY]\\d[A-Z] ?\\d[A-Z]\\d\\b");

  private final PhoneFinder phones;
  private final Names names;
  private final List<String> privateTexts;

  private Redaction(PhoneFinder phones, Names names, List<String> privateTexts) {
    this.phones = phones;
    this.names = names;
    this.privateTexts = privateTexts;
  }

  private static Pattern ci(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /// Knows the names in the profile, the labels, the greetings and the signatures of `brief`, and
  /// takes for a name whatever else is written like one and does not stand in `sheet`.
  public static Redaction of(Brief brief, FactSheet sheet, PhoneFinder phones) {
    return of(brief, new Evidence(sheet), phones);
  }

  static Redaction of(Brief brief, Evidence known, PhoneFinder phones) {
    return new Redaction(phones, Names.of(brief, known), brief.customer().privateTexts());
  }

  /// Hides these texts, wherever they stand, and what shows by its form that it is private.
  public static Redaction of(List<String> privateTexts, PhoneFinder phones) {
    return new Redaction(phones, new Names(List.of()), List.copyOf(privateTexts));
  }

  /// `text` with placeholders. The text is folded first, so that nothing passes as fullwidth digits
  /// or behind invisible characters; what comes back is the folded form.
  public Redacted hide(String text) {
    Hiding hiding = new Hiding(Fold.of(text));
    // What already looks like a placeholder must not be taken for one of ours.
    hiding.all("TEXT", PLACEHOLDER, _ -> true);
    for (String secret : privateTexts) {
      if (secret.strip().length() >= 2) {
        hiding.all("PRIVATE", ci(Pattern.quote(Fold.of(secret).strip())), _ -> true);
      }
    }
    hiding.all("EMAIL", EMAIL, _ -> true);
    hiding.all("ACCOUNT", IBAN, Redaction::isIban);
    hiding.all("CARD", CARD, Redaction::passesLuhn);
    hiding.all("ACCOUNT", SOCIAL, _ -> true);
    hiding.all("ACCOUNT", NAMED_ACCOUNT, _ -> true);
    hiding.all("BIRTH", BIRTH, date -> date.chars().anyMatch(Character::isDigit));
    hiding.all("ADDRESS", ADDRESS, _ -> true);
    hiding.all("ADDRESS", STREET_FIRST, _ -> true);
    hiding.all("ADDRESS", NUMBER_FIRST, _ -> true);
    hiding.all("ADDRESS", BOX, _ -> true);
    hiding.all("ADDRESS", POSTCODE, _ -> true);
    hiding.spans("PHONE", phones);
    hiding.all("NUMBER", LONG_NUMBER, number -> !ISO_DATE.matcher(number).matches());
    hiding.all("NUMBER", SPOKEN_NUMBER, _ -> true);
    for (Pattern name : names.patterns()) {
      hiding.all("NAME", name, _ -> true);
    }
    return new Redacted(hiding.text, hiding.originals);
  }

  /// Luhn's check (ISO/IEC 7812-1): card numbers pass it, one in ten other numbers does.
  static boolean passesLuhn(String number) {
    int sum = 0;
    int place = 0;
    for (int i = number.length() - 1; i >= 0; i--) {
      int digit = Character.digit(number.charAt(i), 10);
      if (digit >= 0) {
        int doubled = place % 2 == 1 ? digit * 2 : digit;
        sum += doubled > 9 ? doubled - 9 : doubled;
        place++;
      }
    }
    return place >= 12 && sum % 10 == 0;
  }

  /// ISO 13616: moved four places and read in base 36, an IBAN leaves 1 over 97.
  static boolean isIban(String text) {
    String iban = text.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
    if (iban.length() < 15 || iban.length() > 34) {
      return false;
    }
    String moved = iban.substring(4) + iban.substring(0, 4);
    int rest = 0;
    for (int i = 0; i < moved.length(); i++) {
      int value = Character.digit(moved.charAt(i), 36);
      rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
    }
    return rest == 1;
  }

  /// A text in the course of being hidden: the same value gets the same placeholder.
  private static final class Hiding {
    private String text;
    private final Map<String, String> originals = new TreeMap<>();
    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    Hiding(String text) {
      this.text = text;
    }

    void all(String kind, Pattern pattern, Predicate<String> isOne) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        return;
      }
      List<MatchResult> ours = ours(kind);
      StringBuilder hidden = new StringBuilder();
      int from = 0;
      do {
        int group = matcher.groupCount() > 0 && matcher.group(1) != null ? 1 : 0;
        String value = matcher.group(group);
        if (isOne.test(value) && !touches(ours, matcher.start(group), matcher.end(group))) {
          hidden.append(text, from, matcher.start(group)).append(placeholder(kind, value));
          from = matcher.end(group);
        }
      } while (matcher.find());
      text = hidden.append(text, from, text.length()).toString();
    }

    // A later pattern may run over or into a placeholder that an earlier one set; that stays.
    private List<MatchResult> ours(String kind) {
      return kind.equals("TEXT") ? List.of() : PLACEHOLDER.matcher(text).results().toList();
    }

    private static boolean touches(List<MatchResult> ours, int start, int end) {
      return ours.stream().anyMatch(one -> one.start() < end && start < one.end());
    }

    void spans(String kind, PhoneFinder finder) {
      List<MatchResult> ours = ours(kind);
      StringBuilder hidden = new StringBuilder();
      int from = 0;
      for (PhoneFinder.Span span : finder.in(text)) {
        String value = span.start() >= from ? text.substring(span.start(), span.end()) : "";
        if (!value.isEmpty()
            && !touches(ours, span.start(), span.end())
            && !ISO_DATE.matcher(value).matches()) {
          hidden.append(text, from, span.start()).append(placeholder(kind, value));
          from = span.end();
        }
      }
      text = hidden.append(text, from, text.length()).toString();
    }

    private String placeholder(String kind, String value) {
      return placeholders.computeIfAbsent(
          kind + '/' + value,
          _ -> {
            String p = "[" + kind + "_" + counts.merge(kind, 1, Integer::sum) + "]";
            originals.put(p, value);
            return p;
          });
    }
  }
}
