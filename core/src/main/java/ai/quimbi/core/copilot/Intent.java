package ai.quimbi.core.copilot;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a message to the copilot asks for. Decided by words, in the order of the constants: the
/// first whose pattern occurs is meant, so that "draft an email about the renewal" is an email.
public enum Intent {
  PORTFOLIO(
      "\\b(which|what|list|show|rank|all|any|how many|top)\\b.*\\b(accounts|customers|clients)\\b"
          + "|\\bportfolio\\b|\\bmy (accounts|customers|clients)\\b"
          + "|\\b(accounts|customers|clients) (renew|at risk|that|who)"),
  EMAIL("\\be-?mails?\\b|\\bmail\\b|\\bletter\\b|\\bwrite to\\b|\\bmessage to\\b"),
  QBR("\\bqbr\\b|\\bquarterly\\b|\\bbusiness review\\b"),
  CHURN("\\bchurn|\\bleav(e|ing)\\b|\\bcancel|\\blos(e|ing)\\b|\\bat risk\\b|\\battrition\\b"),
  RENEWAL("\\brenew|\\bcontract\\b|\\barr\\b|\\bagreement\\b"),
  HEALTH("\\bhealth|\\bscore\\b|\\brisk|\\bhow (is|are)\\b"),
  SUMMARY("");

  private final Pattern words;

  Intent(String words) {
    this.words = Pattern.compile(words);
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Intent of(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    for (Intent intent : values()) {
      if (intent.words.matcher(text).find()) {
        return intent;
      }
    }
    return SUMMARY;
  }
}
