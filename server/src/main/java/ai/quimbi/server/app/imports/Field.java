package ai.quimbi.server.app.imports;

import java.util.List;

/// A column that a table may have: its best name first, then others it goes by.
record Field(boolean isRequired, List<String> names) {
  Field {
    names = List.copyOf(names);
  }

  static Field required(String... names) {
    return new Field(true, List.of(names));
  }

  static Field optional(String... names) {
    return new Field(false, List.of(names));
  }

  String name() {
    return names.getFirst();
  }
}
