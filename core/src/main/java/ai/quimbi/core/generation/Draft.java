package ai.quimbi.core.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finished message.
///
/// @param subject for e-mail only @param personalizationApplied what really shaped the text, and
/// every fallback from what was
///     asked
/// @param parts the text as it is sent: several for long chat and SMS messages, else one @param
/// segments SMS segments over all parts, 0 on other channels
public record Draft(
    String message,
    @Nullable String subject,
    Tone tone,
    Channel channel,
    List<String> personalizationApplied,
    List<String> parts,
    int segments) {

  public Draft {
    personalizationApplied = List.copyOf(personalizationApplied);
    parts = List.copyOf(parts);
  }

  public int words() {
    return Words.count(message);
  }
}
