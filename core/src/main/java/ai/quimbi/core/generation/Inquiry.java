package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the customer last asked: the topic, the words it is about, and whether it is a question at
/// all. Empty when the customer has not written.
///
/// @param stems what the whole text is about @param asked what its questions are about; the same as
/// `stems` where nothing is asked
record Inquiry(Topic topic, boolean isEmpty, boolean asks, Set<String> stems, Set<String> asked) {

  static final Inquiry NONE = new Inquiry(Topic.OTHER, true, false, Set.of(), Set.of());

  /// Longer texts are read to here; what decides a question stands well before.
  private static final int MAX_CHARS = 4000;

  private static final Set<String> QUESTION_OPENERS =
      Set.of(
          "what", "which", "how", "when", "where", "who", "why", "can", "could", "do", "does", "is",
          "are", "will", "would", "should", "may");

  boolean has(String stem) {
    return stems.contains(stem) || asked.contains(stem);
  }

  static Inquiry of(Brief brief) {
    Turn turn = brief.lastCustomerTurn();
    return turn == null ? NONE : of(turn.text());
  }

  static Inquiry of(String raw) {
    String text = Fold.of(raw.length() > MAX_CHARS ? raw.substring(0, MAX_CHARS) : raw);
    if (text.isBlank()) {
      return NONE;
    }
    List<String> questions = new ArrayList<>();
    for (String sentence : Words.sentences(text)) {
      String first = sentence.split("\\W", 2)[0].toLowerCase(Locale.ROOT);
      if (sentence.endsWith("?") || QUESTION_OPENERS.contains(first)) {
        questions.add(sentence);
      }
    }
    Set<String> stems = Words.stems(text);
    Set<String> asked = new LinkedHashSet<>();
    questions.forEach(question -> asked.addAll(Words.stems(question)));
    return new Inquiry(
        Topic.of(text), false, !questions.isEmpty(), stems, asked.isEmpty() ? stems : asked);
  }
}
