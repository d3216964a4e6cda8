package ai.quimbi.core.generation;

import java.util.List;
import java.util.Locale;

/// How a message sounds.
public enum Tone {
  EMPATHETIC("caring apologetic understanding compassionate supportive"),
  FRIENDLY("warm casual conversational informal helpful neutral"),
  PROFESSIONAL("formal business serious concise urgent direct"),
  ENTHUSIASTIC("excited energetic upbeat playful persuasive celebratory");

  private final String synonyms;

  Tone(String synonyms) {
    this.synonyms = synonyms;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The tone that `asked` names or comes nearest to; friendly where nothing is near.
  public static Nearest<Tone> nearest(String asked) {
    return Nearest.of(
        asked, List.of(values()), Tone::label, t -> List.of(t.synonyms.split(" ")), FRIENDLY);
  }
}
