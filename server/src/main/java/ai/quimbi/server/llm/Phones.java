package ai.quimbi.server.llm;

import ai.quimbi.core.generation.PhoneFinder;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds telephone numbers by the world's numbering plans and, besides, by their shape.
public final class Phones implements PhoneFinder {

  // Numbers without a country code are read as one of these would.
  private static final List<String> REGIONS = List.of("US", "GB", "DE");
  private static final int MAX_TRIES = 200;

  // "45 x 60" is a possible number of an office with extensions; it is also a quilt.
  private static final int MIN_DIGITS = 7;

  private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

  @Override
  public List<Span> in(String text) {
    List<Span> spans = new ArrayList<>(BY_SHAPE.in(text));
    for (String region : REGIONS) {
      for (PhoneNumberMatch match : util.findNumbers(text, region, Leniency.POSSIBLE, MAX_TRIES)) {
        if (match.rawString().chars().filter(Character::isDigit).count() >= MIN_DIGITS) {
          spans.add(new Span(match.start(), match.end()));
        }
      }
    }
    spans.sort(Comparator.comparingInt(Span::start).thenComparingInt(s -> -s.end()));
    return merged(spans);
  }

  // Finders see the same number a little wider or narrower; what any of them sees is hidden.
  private static List<Span> merged(List<Span> spans) {
    List<Span> merged = new ArrayList<>();
    for (Span span : spans) {
      if (!merged.isEmpty() && span.start() < merged.getLast().end()) {
        Span last = merged.removeLast();
        merged.add(new Span(last.start(), Math.max(last.end(), span.end())));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }
}
