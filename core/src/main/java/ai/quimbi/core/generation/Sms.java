package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.List;

/// How a text travels as SMS. One segment holds 160 GSM-7 characters, or 70 UTF-16 units when a
/// character is outside that alphabet; several are joined by a header that leaves 153 or 67 in
/// each. Source: 3GPP TS 23.038 §6.2.1 and TS 23.040 §9.2.3.24.1.
public record Sms(Encoding encoding, List<String> segments) {

  /// The alphabet of a message, with the room in a single and in a joined segment.
  public enum Encoding {
    GSM_7(160, 153),
    UCS_2(70, 67);

    private final int single;
    private final int joined;

    Encoding(int single, int joined) {
      this.single = single;
      this.joined = joined;
    }
  }

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
          + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /// These take two places: an escape comes before them.
  private static final String EXTENSION = "\f^{}\\[~]|€";

  public Sms {
    segments = List.copyOf(segments);
  }

  /// `text` in segments. A character that takes two places is never cut in two.
  public static Sms of(String text) {
    Encoding encoding =
        text.codePoints().allMatch(c -> places(c) > 0) ? Encoding.GSM_7 : Encoding.UCS_2;
    int total = text.codePoints().map(c -> size(c, encoding)).sum();
    if (total <= encoding.single) {
      return new Sms(encoding, List.of(text));
    }
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      int size = size(c, encoding);
      if (used + size > encoding.joined) {
        segments.add(segment.toString());
        segment.setLength(0);
        used = 0;
      }
      segment.appendCodePoint(c);
      used += size;
    }
    segments.add(segment.toString());
    return new Sms(encoding, segments);
  }

  /// `text` with what only typography added (curly quotes, dashes, ellipses, odd spaces) in plain
  /// characters, so that it does not force the smaller alphabet.
  public static String normalised(String text) {
    return isPlain(text) ? text : withoutTypography(text);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > '~' || c == '`' || c == '\t') {
        return false;
      }
    }
    return true;
  }

  private static String withoutTypography(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '‘', '’', '‚', '‛', '′', '`', '´' -> plain.append('\'');
                case '“', '”', '„', '‟', '″', '«', '»' -> plain.append('"');
                case '–', '—', '‐', '‑', '‒', '−' -> plain.append('-');
                case '…' -> plain.append("...");
                case '•', '·' -> plain.append('-');
                case '\t' -> plain.append(' ');
                case '×' -> plain.append('x');
                default -> {
                  if (Character.getType(c) == Character.SPACE_SEPARATOR) {
                    plain.append(' ');
                  } else if (Character.getType(c) != Character.FORMAT) {
                    plain.appendCodePoint(c);
                  }
                }
              }
            });
    return plain.toString();
  }

  private static int size(int c, Encoding encoding) {
    return encoding == Encoding.GSM_7 ? places(c) : Character.charCount(c);
  }

  // How many places each character takes, up to the last of the two alphabets; 0 is in neither.
  private static final byte[] PLACES = placesOfAll();

  private static byte[] placesOfAll() {
    byte[] places = new byte['€' + 1];
    BASIC.chars().forEach(c -> places[c] = 1);
    EXTENSION.chars().forEach(c -> places[c] = 2);
    return places;
  }

  private static int places(int c) {
    return c < PLACES.length ? PLACES[c] : 0;
  }
}
