package ai.quimbi.core.generation;

import java.util.List;
import java.util.Locale;

/// How many words a message may have, its greeting and closing included.
public enum Length {
  SHORT(60, "brief concise small tiny 1"),
  MEDIUM(150, "normal default standard moderate 2"),
  LONG(300, "detailed full large extended 3");

  private final int maxWords;
  private final String synonyms;

  Length(int maxWords, String synonyms) {
    this.maxWords = maxWords;
    this.synonyms = synonyms;
  }

  public int maxWords() {
    return maxWords;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The length that `asked` names or comes nearest to; medium where nothing is near.
  public static Nearest<Length> nearest(String asked) {
    return Nearest.of(
        asked, List.of(values()), Length::label, l -> List.of(l.synonyms.split(" ")), MEDIUM);
  }
}
