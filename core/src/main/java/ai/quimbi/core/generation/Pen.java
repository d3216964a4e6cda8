package ai.quimbi.core.generation;

import org.jspecify.annotations.Nullable;

/// What texts are written with: a language model, or none, and how telephone numbers are found
/// before anything leaves for one.
public record Pen(@Nullable LanguageModel model, PhoneFinder phones) {
  /// Without a language model.
  public static final Pen COMPOSER = new Pen(null, PhoneFinder.BY_SHAPE);
}
