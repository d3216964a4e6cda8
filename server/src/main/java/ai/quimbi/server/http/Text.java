package ai.quimbi.server.http;

/// What may be stored as text.
final class Text {
  private Text() {}

  /// No U+0000 (PostgreSQL cannot hold it) and no half of a surrogate pair (UTF-8 cannot).
  static boolean isClean(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
