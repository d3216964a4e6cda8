package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The sentences of a message in reading order, each with how much it matters, fitted to a budget
/// of words by leaving out what matters least.
final class Plan {

  /// How much a sentence matters. `ESSENTIAL` ones go only when the text could not be sent
  /// otherwise.
  enum Weight {
    ESSENTIAL,
    IMPORTANT,
    USEFUL,
    NICE
  }

  /// `paragraph` groups sentences; e-mail keeps the groups apart.
  private record Sentence(String text, Weight weight, int paragraph, int words) {}

  private final List<Sentence> sentences = new ArrayList<>();
  private int paragraph;

  void paragraph() {
    paragraph++;
  }

  void say(Weight weight, String text) {
    if (!text.isBlank()) {
      sentences.add(new Sentence(text, weight, paragraph, Words.count(text)));
    }
  }

  int essentialWords() {
    return essential().mapToInt(Sentence::words).sum();
  }

  int essentialChars() {
    return essential().mapToInt(s -> s.text().length() + 2).sum();
  }

  private Stream<Sentence> essential() {
    return sentences.stream().filter(s -> s.weight() == Weight.ESSENTIAL);
  }

  /// The text within `maxWords` and `maxChars`; the least and last goes first.
  String fitted(Length length, int maxChars, String betweenParagraphs) {
    List<Sentence> kept = new ArrayList<>();
    for (Sentence s : sentences) {
      if (length != Length.SHORT || s.weight() != Weight.NICE) {
        kept.add(s);
      }
    }
    int words = kept.stream().mapToInt(Sentence::words).sum();
    int chars = kept.stream().mapToInt(s -> s.text().length() + 2).sum();
    for (Weight weight : List.of(Weight.NICE, Weight.USEFUL, Weight.IMPORTANT, Weight.ESSENTIAL)) {
      for (int i = kept.size() - 1; i >= 0; i--) {
        if (words <= length.maxWords() && chars <= maxChars) {
          return joined(kept, betweenParagraphs);
        }
        if (kept.get(i).weight() == weight) {
          Sentence gone = kept.remove(i);
          words -= gone.words();
          chars -= gone.text().length() + 2;
        }
      }
    }
    return joined(kept, betweenParagraphs);
  }

  private static String joined(List<Sentence> kept, String betweenParagraphs) {
    StringBuilder text = new StringBuilder();
    int last = kept.isEmpty() ? 0 : kept.getFirst().paragraph();
    for (Sentence s : kept) {
      if (!text.isEmpty()) {
        text.append(s.paragraph() == last ? " " : betweenParagraphs);
      }
      text.append(s.text());
      last = s.paragraph();
    }
    return text.toString();
  }
}
