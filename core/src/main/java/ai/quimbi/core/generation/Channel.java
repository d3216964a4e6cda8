package ai.quimbi.core.generation;

import java.util.List;
import java.util.Locale;

/// Where a message will be read or heard.
public enum Channel {
  EMAIL("mail e-mail newsletter letter"),
  SMS("text whatsapp mms push"),
  CHAT("live_chat webchat messenger slack dm instagram facebook web"),
  PHONE_SCRIPT("phone call voice telephone");

  private final String synonyms;

  Channel(String synonyms) {
    this.synonyms = synonyms;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The channel that `asked` names or comes nearest to; e-mail where nothing is near.
  public static Nearest<Channel> nearest(String asked) {
    return Nearest.of(
        asked, List.of(values()), Channel::label, c -> List.of(c.synonyms.split(" ")), EMAIL);
  }
}
