package ai.quimbi.core.generation;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A known value for what a caller wrote. `isExact` says whether the caller's word was known, so
/// that a fallback can be told and is never silent.
public record Nearest<T>(T value, String asked, boolean isExact) {

  /// A word this far away (insertions, deletions, replacements) is still taken for a misspelling.
  private static final int MAX_TYPOS = 2;

  static <T> Nearest<T> of(
      String asked,
      List<T> known,
      Function<T, String> label,
      Function<T, List<String>> synonyms,
      T otherwise) {
    String word = asked.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    for (T value : known) {
      if (label.apply(value).equals(word)) {
        return new Nearest<>(value, asked, true);
      }
    }
    for (T value : known) {
      if (synonyms.apply(value).contains(word)) {
        return new Nearest<>(value, asked, false);
      }
    }
    T best = otherwise;
    int fewest = MAX_TYPOS + 1;
    for (T value : known) {
      int typos = EditDistance.between(word, label.apply(value));
      if (typos < fewest) {
        fewest = typos;
        best = value;
      }
    }
    return new Nearest<>(best, asked, false);
  }
}
