package ai.quimbi.core.copilot;

import ai.quimbi.core.generation.AccountWriter.Text;
import ai.quimbi.core.generation.Writer;
import org.jspecify.annotations.Nullable;

/// Who wrote a text: `composer`, or a language model by its name. `reason` says why the composer
/// wrote although there is a model.
public record Author(String name, @Nullable String reason) {
  public boolean isComposer() {
    return name.equals(Writer.COMPOSER);
  }

  static Author of(Text<?> text) {
    return new Author(text.generator(), text.reason());
  }
}
