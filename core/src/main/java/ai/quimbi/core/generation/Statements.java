package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the texts of an item that are there.
final class Statements {
  private final List<String> texts = new ArrayList<>();

  private Statements() {}

  static Statements of(@Nullable String... texts) {
    Statements statements = new Statements();
    for (String text : texts) {
      if (text != null && !text.isBlank()) {
        statements.texts.add(text);
      }
    }
    return statements;
  }

  Statements and(List<String> more) {
    more.stream().filter(text -> !text.isBlank()).forEach(texts::add);
    return this;
  }

  List<String> toList() {
    return List.copyOf(texts);
  }
}
