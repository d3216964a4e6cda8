package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// English text as sentences, words and stems. Small on purpose: it decides which facts a question
/// is about and how long a text is, nothing more.
final class Words {

  /// Words that say nothing about what a question is about.
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          ("a an and are as at be been but by can could did do does for from get give go had has"
                  + " have he hello help her hey hi him his how i if in into is it its just know let"
                  + " like looking love make making may me more much my need new no not now of on or"
                  + " our out please she should so some something that the their them then there"
                  + " these they thing this those to too use very want was we were what when where"
                  + " which who why will with would you your yours am i'm i've i'd don't can't"
                  + " recommend recommendation suggest suggestion advice option options best good"
                  + " better right really first one two also any thanks thank order ordered tell"
                  + " about question wondering ok okay yes still got")
              .split(" "));

  private Words() {}

  static int count(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean isSpace = Character.isWhitespace(text.charAt(i));
      if (!isSpace && !inWord) {
        words++;
      }
      inWord = !isSpace;
    }
    return words;
  }

  /// The sentences of `text`, each with its closing mark. A line break ends a sentence too.
  static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isMark = c == '.' || c == '!' || c == '?' || c == '…' || c == '。' || c == '？';
      boolean isLast = i + 1 == text.length();
      boolean endsHere =
          c == '\n'
              || (isMark && (isLast || Character.isWhitespace(text.charAt(i + 1))))
              || (isMark && text.charAt(i + 1) == '"');
      if (endsHere && !isAbbreviation(text, start, i)) {
        int end = !isLast && isMark && text.charAt(i + 1) == '"' ? i + 2 : i + 1;
        add(sentences, text.substring(start, end));
        start = end;
        i = end - 1;
      }
    }
    add(sentences, text.substring(start));
    return sentences;
  }

  private static boolean isAbbreviation(String text, int start, int dot) {
    if (text.charAt(dot) != '.') {
      return false;
    }
    int from = dot;
    while (from > start && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    return switch (text.substring(from, dot).toLowerCase(Locale.ROOT)) {
      case "e.g", "i.e", "approx", "mr", "mrs", "ms", "dr", "no", "vs" -> true;
      default -> false;
    };
  }

  private static void add(List<String> sentences, String sentence) {
    String stripped = sentence.strip();
    if (!stripped.isEmpty()) {
      sentences.add(stripped);
    }
  }

  /// The stems of the words that carry meaning, in order of appearance.
  static Set<String> stems(String text) {
    Set<String> stems = new LinkedHashSet<>();
    eachStem(text, stems::add);
    return stems;
  }

  /// The same one by one, repetitions and all, for those who look for a few of them.
  static void eachStem(String text, Consumer<String> to) {
    // At once and not word by word: this is where a message's time went.
    String lower = text.toLowerCase(Locale.ROOT).replace('’', '\'');
    int i = 0;
    int n = lower.length();
    while (i < n) {
      while (i < n && !isWordChar(lower.charAt(i))) {
        i++;
      }
      int start = i;
      while (i < n && isWordChar(lower.charAt(i))) {
        i++;
      }
      if (i - start > 1) {
        String word = lower.substring(start, i);
        if (!EMPTY_WORDS.contains(word)) {
          String stem = stem(word);
          if (!stem.isEmpty()) {
            to.accept(stem);
          }
        }
      }
    }
  }

  private static boolean isWordChar(char c) {
    return (c >= 'a' && c <= 'z') || c == '\'' || Character.isLetterOrDigit(c);
  }

  /// Cuts the commonest English endings, so that "quilts", "quilting" and "quilted" meet.
  static String stem(String word) {
    String w = word;
    while (w.startsWith("'")) {
      w = w.substring(1);
    }
    if (w.endsWith("'s")) {
      w = w.substring(0, w.length() - 2);
    }
    while (w.endsWith("'")) {
      w = w.substring(0, w.length() - 1);
    }
    if (w.length() > 4 && w.endsWith("ies")) {
      return w.substring(0, w.length() - 3) + "y";
    }
    if (w.length() > 3 && w.endsWith("s") && !w.endsWith("ss") && !w.endsWith("us")) {
      w = w.substring(0, w.length() - 1);
    }
    if (w.length() > 5 && w.endsWith("ing")) {
      w = single(w.substring(0, w.length() - 3));
    } else if (w.length() > 4 && w.endsWith("ed")) {
      w = single(w.substring(0, w.length() - 2));
    }
    return w.length() > 3 && w.endsWith("e") ? w.substring(0, w.length() - 1) : w;
  }

  // "batting" → "bat", as "shipped" → "ship"; "selling" and "pressed" keep theirs.
  private static String single(String w) {
    int n = w.length();
    if (n > 3 && w.charAt(n - 1) == w.charAt(n - 2) && "lsz".indexOf(w.charAt(n - 1)) < 0) {
      return w.substring(0, n - 1);
    }
    return w;
  }

  /// `text` with its first letter raised, for a fragment that begins a sentence.
  static String capitalised(String text) {
    if (text.isEmpty() || !Character.isLowerCase(text.codePointAt(0))) {
      return text;
    }
    int first = text.codePointAt(0);
    return new StringBuilder()
        .appendCodePoint(Character.toUpperCase(first))
        .append(text, Character.charCount(first), text.length())
        .toString();
  }

  /// "a", "a and b", "a, b and c".
  static String listed(List<String> parts) {
    return switch (parts.size()) {
      case 0 -> "";
      case 1 -> parts.getFirst();
      default -> String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    };
  }

  /// `text` as a sentence: with a closing mark.
  static String closed(String text) {
    String t = text.strip();
    if (t.isEmpty()) {
      return t;
    }
    char last = t.charAt(t.length() - 1);
    return last == '.' || last == '!' || last == '?' ? t : t + ".";
  }
}
