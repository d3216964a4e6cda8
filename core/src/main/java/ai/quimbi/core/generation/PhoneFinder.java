package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds telephone numbers. A function and not a library call, because the core does no I/O and the
/// library with the world's numbering plans reads its data from files: the server hands in a finder
/// built on it. [Redaction] hides every long run of digits besides, so a number that a finder does
/// not know still does not leave; what the finder adds is telling phones from other numbers, and
/// numbers written with letters or few digits.
@FunctionalInterface
public interface PhoneFinder {

  /// A piece of a text, from `start` to before `end`.
  record Span(int start, int end) {}

  List<Span> in(String text);

  /// Digits in the groups and with the marks that telephone numbers are written in.
  PhoneFinder BY_SHAPE =
      new PhoneFinder() {
        private static final Pattern PHONE =
            Pattern.compile(
                "(?<![\\w.])(?:\\+|00)?\\(?\\d{1,4}\\)?(?:[ ./-]{1,2}\\(?\\d{2,5}\\)?){1,5}"
                    + "(?: ?(?:x|ext\\.?) ?\\d{1,5})?(?![\\w])");
        private static final int MIN_DIGITS = 7;

        @Override
        public List<Span> in(String text) {
          List<Span> spans = new ArrayList<>();
          Matcher matcher = PHONE.matcher(text);
          while (matcher.find()) {
            if (matcher.group().chars().filter(Character::isDigit).count() >= MIN_DIGITS) {
              spans.add(new Span(matcher.start(), matcher.end()));
            }
          }
          return spans;
        }
      };
}
