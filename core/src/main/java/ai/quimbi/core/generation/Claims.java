package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds in a text what has to be looked up: links, codes, proper names, markup. Texts are folded
/// first.
final class Claims {

  private static final Pattern LINK =
      Pattern.compile(
          "(?i)\\b(?:https?|hxxps?|ftp|javascript|data|tel|mailto):\\S+|\\bwww\\.\\S+"
              + "|(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}.-]{1,200}|(?<![\\w@.])@[\\p{L}\\w.]{2,}"
              + "|(?<![\\p{L}\\p{N}.-])(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}(?:/\\S*)?"
              + "|\\b\\w+ ?(?:\\[|\\()(?:dot|\\.)(?:\\]|\\)) ?\\w+|\\b\\w+ dot (?:com|net|org|io|shop|co)\\b");

  private static final Pattern CODE_AFTER =
      Pattern.compile(
          "(?i)\\b(?:code|coupon|voucher|promo|promocode)\\b(?: code)?(?: is| was|:|=)?\\s*"
              + "[\"'“(\\[]?([\\p{L}\\p{N}][\\p{L}\\p{N}_-]{2,})");

  private static final Set<String> NO_CODES =
      Set.of(
          "the", "and", "for", "that", "when", "you", "your", "with", "from", "this", "below",
          "above", "before", "which", "will", "has", "have", "are", "can", "not", "there", "yet");

  private static final Pattern MARKUP =
      Pattern.compile(
          "<\\s*[a-zA-Z/!?]|\\]\\s*\\(|```|\\*\\*|^#{1,6} |&(?:lt|gt|amp|#\\d+);",
          Pattern.MULTILINE);

  private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z]{2,12}_\\d{1,4}\\]");
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'_&/-]*");

  private Claims() {}

  static List<String> links(String text) {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(text);
    while (matcher.find()) {
      String link = matcher.group().replaceAll("[.,;:!?)\"'\\]>]+$", "");
      if (!isNotALink(link)) {
        links.add(link);
      }
    }
    return links;
  }

  private static boolean isNotALink(String link) {
    return switch (link.toLowerCase(Locale.ROOT)) {
      case "e.g", "i.e", "a.m", "p.m", "u.s", "u.k" -> true;
      default -> link.isEmpty();
    };
  }

  /// `text` with a line break for each link: a link often stands where a sentence ends.
  static String withoutLinks(String text) {
    return LINK.matcher(text).replaceAll("\n");
  }

  static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(trimmed(matcher.group()));
    }
    return tokens;
  }

  private static String trimmed(String token) {
    String t = token;
    while (!t.isEmpty() && "'-/&_".indexOf(t.charAt(t.length() - 1)) >= 0) {
      t = t.substring(0, t.length() - 1);
    }
    return t.endsWith("'s") ? t.substring(0, t.length() - 2) : t;
  }

  /// Words that look like codes: letters with digits, capitals throughout, or named as a code.
  static List<String> codes(String sentence) {
    List<String> codes = new ArrayList<>();
    for (String token : tokens(sentence)) {
      boolean hasDigit = token.chars().anyMatch(Character::isDigit);
      boolean hasLetter = token.chars().anyMatch(Character::isLetter);
      boolean isLoud = token.length() >= 4 && token.chars().noneMatch(Character::isLowerCase);
      if (hasLetter && (hasDigit || isLoud)) {
        codes.add(token);
      }
    }
    Matcher matcher = CODE_AFTER.matcher(sentence);
    while (matcher.find()) {
      if (!NO_CODES.contains(matcher.group(1).toLowerCase(Locale.ROOT))) {
        codes.add(matcher.group(1));
      }
    }
    return codes;
  }

  /// Capitalised words that do not merely begin a sentence: names of products, people, places.
  static List<String> names(String sentence) {
    List<String> names = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sentence);
    while (matcher.find()) {
      String token = trimmed(matcher.group());
      boolean begins = begins(sentence, matcher.start());
      boolean isPronoun = token.equals("I") || token.startsWith("I'");
      if (!begins
          && !isPronoun
          && !token.isEmpty()
          && Character.isUpperCase(token.codePointAt(0))) {
        names.add(token);
      }
    }
    return names;
  }

  // Whether nothing but marks stands before, or the last mark before starts afresh.
  private static boolean begins(String sentence, int at) {
    for (int i = at - 1; i >= 0; i--) {
      char c = sentence.charAt(i);
      if (c == ':' || c == '!' || c == '?' || c == '\n') {
        return true;
      }
      if (Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return true;
  }

  /// Words that mix scripts, as a Latin word with a Cyrillic letter does.
  static List<String> disguised(String text) {
    List<String> found = new ArrayList<>();
    for (String token : tokens(text)) {
      long scripts =
          token
              .codePoints()
              .filter(Character::isLetter)
              .mapToObj(Character.UnicodeScript::of)
              .distinct()
              .count();
      if (scripts > 1) {
        found.add(token);
      }
    }
    return found;
  }

  static boolean hasMarkup(String text) {
    return MARKUP.matcher(text).find();
  }

  static boolean hasPlaceholder(String text) {
    return PLACEHOLDER.matcher(text).find();
  }
}
