package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a channel demands of a text, whoever wrote it.
public final class Form {

  /// The longest part of a chat message, in characters.
  public static final int CHAT_PART_CHARS = 400;

  private static final Pattern BLANK_ENDS = Pattern.compile("[ \\t]\\n|\\n\\n\\n");

  private Form() {}

  /// `text` as plain text for `channel`: typography folded for SMS, one spoken line a sentence for
  /// the telephone, no blank space at line ends.
  public static String shaped(String text, Channel channel) {
    String tidy = text.strip();
    if (BLANK_ENDS.matcher(tidy).find()) {
      tidy = tidy.replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n");
    }
    return switch (channel) {
      case EMAIL, CHAT -> tidy;
      case SMS -> Sms.normalised(tidy.replaceAll("\\s*\\n+\\s*", " "));
      case PHONE_SCRIPT -> String.join("\n", Words.sentences(tidy));
    };
  }

  /// Whether `text` keeps to `length`.
  public static boolean fits(String text, Length length) {
    return Words.count(text) <= length.maxWords();
  }

  /// `text` as it is sent on `channel`: chat in parts of whole sentences where they fit, SMS in
  /// segments, the rest in one.
  public static List<String> parts(String text, Channel channel) {
    return switch (channel) {
      case EMAIL, PHONE_SCRIPT -> List.of(text);
      case SMS -> Sms.of(text).segments();
      case CHAT -> chatParts(text);
    };
  }

  public static int segments(String text, Channel channel) {
    return channel == Channel.SMS ? Sms.of(text).segments().size() : 0;
  }

  private static List<String> chatParts(String text) {
    if (text.length() <= CHAT_PART_CHARS) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (String sentence : Words.sentences(text)) {
      for (String piece : pieces(sentence)) {
        if (!part.isEmpty() && part.length() + 1 + piece.length() > CHAT_PART_CHARS) {
          parts.add(part.toString());
          part.setLength(0);
        }
        part.append(part.isEmpty() ? "" : " ").append(piece);
      }
    }
    if (!part.isEmpty()) {
      parts.add(part.toString());
    }
    return parts;
  }

  // A sentence longer than a part is cut between words, and a word longer than one between
  // characters.
  private static List<String> pieces(String sentence) {
    List<String> pieces = new ArrayList<>();
    String rest = sentence;
    while (rest.length() > CHAT_PART_CHARS) {
      int cut = rest.lastIndexOf(' ', CHAT_PART_CHARS);
      if (cut <= 0) {
        cut =
            CHAT_PART_CHARS - (Character.isHighSurrogate(rest.charAt(CHAT_PART_CHARS - 1)) ? 1 : 0);
      }
      pieces.add(rest.substring(0, cut).strip());
      rest = rest.substring(cut).strip();
    }
    pieces.add(rest);
    return pieces;
  }
}
