package ai.quimbi.core.generation;

import java.text.Normalizer;

/// Text as a reader sees it: compatibility forms folded (fullwidth digits, ligatures), every
/// decimal digit as ASCII, invisible and steering characters gone. Patterns run on folded text, so
/// that nothing hides behind a zero-width space.
final class Fold {

  private Fold() {}

  static String of(String text) {
    String folded = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
    StringBuilder out = new StringBuilder(folded.length());
    folded
        .codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> {}
                case Character.CONTROL -> {
                  if (c == '\n' || c == '\t') {
                    out.appendCodePoint(c);
                  }
                }
                case Character.DECIMAL_DIGIT_NUMBER -> out.append((char) ('0' + digit(c)));
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> out.append('\n');
                case Character.SPACE_SEPARATOR -> out.append(' ');
                case Character.DASH_PUNCTUATION -> out.append('-');
                default -> out.appendCodePoint(plainQuote(c));
              }
            });
    return out.toString();
  }

  private static int digit(int c) {
    return Character.digit(c, 10);
  }

  private static int plainQuote(int c) {
    return switch (c) {
      case '‘', '’', '‛', '′', 'ʼ' -> '\'';
      case '“', '”', '„', '‟', '″' -> '"';
      case '−' -> '-';
      default -> c;
    };
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7e) {
        return false;
      }
    }
    return true;
  }
}
