package ai.quimbi.core.generation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The subject line of an e-mail.
final class Subject {

  /// Longer lines are cut off in most inboxes.
  private static final int MAX_CHARS = 60;

  private Subject() {}

  static String of(Brief brief, Inquiry inquiry, @Nullable CatalogItem lead, long seed) {
    Voice voice = new Voice(seed, Set.of());
    String title = Composer.titleOf(lead);
    if (title != null && !inquiry.topic().isTrouble()) {
      String line =
          voice
              .pick("subject", List.of("A suggestion for you: %s", "Our pick for you: %s", "%s"))
              .formatted(title);
      if (line.length() <= MAX_CHARS) {
        return line;
      }
    }
    return voice.pick(
        "subject", inquiry.isEmpty() ? unasked(brief.goal()) : asked(inquiry.topic()));
  }

  private static List<String> asked(Topic topic) {
    return switch (topic) {
      case SAFETY -> List.of("Your safety, and what happened");
      case LEGAL -> List.of("Your message to us");
      case DAMAGED, WRONG_ITEM -> List.of("About what you received", "Your order: what went wrong");
      case LATE -> List.of("Where your order stands", "About your order");
      case CANCEL, REFUND, RETURN -> List.of("Your request", "About your order");
      case BILLING -> List.of("The amount you asked about", "Your billing question");
      case ACCOUNT -> List.of("Your account");
      case COMPLAINT -> List.of("Thank you for telling us", "What you told us");
      case THANKS -> List.of("Thank you");
      case PRICE, ADVICE, OTHER -> List.of("Your question", "An answer to your question");
    };
  }

  private static List<String> unasked(Goal goal) {
    return switch (goal) {
      case RESOLVE_SUPPORT_ISSUE -> List.of("Checking in with you", "Is all well?");
      case NURTURE_LEAD -> List.of("An idea for you", "Something you may find useful");
      case UPSELL -> List.of("Something you may like", "An idea for what comes next");
      case WIN_BACK -> List.of("We have missed you", "It is good to think of you");
      case GENERIC_COMMUNICATION -> List.of("Hello from us", "A short hello");
    };
  }
}
