package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Every figure of a text in comparable form: `money:24.99`, `percent:15`, `date:2027-03-05`,
/// `date:03-05`, `day:monday`, `30 day`, `word:twenty`, `45`. Two texts state the same figure when
/// they share the key, however it is written.
final class Figures {

  private static final String NUMBER = "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)";
  private static final String MONTHS =
      "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

  private static final Pattern MONTH_FIRST =
      ci("\\b" + MONTHS + "\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4})\\b)?");
  private static final Pattern DAY_FIRST =
      ci("\\b(\\d{1,2})(?:st|nd|rd|th)?\\.?(?: of)? " + MONTHS + "\\b\\.?(?:,? (\\d{4})\\b)?");
  private static final Pattern ISO = ci("\\b(\\d{4})-(\\d{2})-(\\d{2})(?:T[0-9:.+Z-]*)?\\b");
  private static final Pattern SLASHED = ci("\\b(\\d{1,2})[/.](\\d{1,2})[/.](\\d{2,4})\\b");
  private static final Pattern MONEY =
      ci(
          "(?:[$€£¥₹]|\\b(?:usd|eur|gbp|cad|aud|chf)\\b)\\s?"
              + NUMBER
              + "|"
              + NUMBER
              + "\\s?(?:[€£$]|(?:dollars?|euros?|pounds?|bucks?|cents?|quid|usd|eur|gbp|cad|aud|chf)\\b)");
  private static final Pattern PERCENT = ci(NUMBER + "\\s?(?:%|(?:percent|per cent|pct)\\b)");
  private static final Pattern DAY_NAME =
      ci(
          "\\b(mon|tues|wednes|thurs|fri|satur|sun)days?\\b|\\b(tomorrow|tonight|yesterday"
              + "|(?:this|next|last|coming) (?:week(?:end)?|month|year|morning|afternoon|evening)"
              + "|weekends?|noon|midnight)\\b");
  private static final Pattern MONTH_ALONE =
      Pattern.compile(
          "\\b(January|February|April|June|July|August|September|October|November|December"
              + "|(?:in|by|until|since|during|of) (?:March|May))\\b");
  private static final Pattern WORD =
      ci(
          "\\b(zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
              + "|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
              + "|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|double|triple"
              + "|twice|thrice|one (?:day|week|month|year|hour|percent|dollar|euro|minute)"
              + "|a couple of|a few (?:days|hours|weeks)|an hour|a (?:day|week|month|year)'?s?)\\b");
  private static final Pattern PLAIN = ci(NUMBER + "(?:[ -]?(\\p{L}+))?");
  private static final Pattern UNIT =
      ci(
          "days?|hours?|weeks?|months?|years?|minutes?|business|working|calendar|am|pm|times|points?"
              + "|stars?|k|hrs?|mins?|inch(?:es)?|cm|mm|m|yards?|feet|ft|oz|kg|g|lbs?");

  private Figures() {}

  private static Pattern ci(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /// The keys of all figures in `text`, which must be folded.
  static Set<String> in(String text) {
    Set<String> keys = new HashSet<>();
    StringBuilder rest = new StringBuilder(text);
    take(rest, ISO, m -> date(m.group(1), m.group(2), m.group(3)), keys);
    take(rest, MONTH_FIRST, m -> date(m.group(3), month(m.group(1)), m.group(2)), keys);
    take(rest, DAY_FIRST, m -> date(m.group(3), month(m.group(2)), m.group(1)), keys);
    take(rest, SLASHED, m -> "date:" + m.group(), keys);
    take(rest, PERCENT, m -> "percent:" + canonical(m.group(1)), keys);
    take(
        rest, MONEY, m -> "money:" + canonical(m.group(1) != null ? m.group(1) : m.group(2)), keys);
    take(rest, DAY_NAME, m -> "day:" + m.group().toLowerCase(Locale.ROOT), keys);
    take(rest, MONTH_ALONE, m -> "day:" + m.group().toLowerCase(Locale.ROOT), keys);
    take(rest, WORD, m -> "word:" + m.group().toLowerCase(Locale.ROOT), keys);
    take(rest, PLAIN, Figures::plain, keys);
    return keys;
  }

  /// The keys under which a date of the facts may be written.
  static Set<String> of(LocalDate date) {
    return Set.of("date:" + date, "date:" + MonthDay.from(date));
  }

  private interface Key {
    @Nullable String of(Matcher matcher);
  }

  // What was read is blanked, so that the year of a date is not read as a number again.
  private static void take(StringBuilder rest, Pattern pattern, Key key, Set<String> keys) {
    Matcher matcher = pattern.matcher(rest.toString());
    while (matcher.find()) {
      String k = key.of(matcher);
      if (k != null) {
        keys.add(k);
        for (int i = matcher.start(); i < matcher.end(); i++) {
          rest.setCharAt(i, ' ');
        }
      }
    }
  }

  private static String plain(Matcher m) {
    String unit = m.group(2);
    return unit != null && UNIT.matcher(unit).matches()
        ? canonical(m.group(1)) + " " + Words.stem(unit.toLowerCase(Locale.ROOT))
        : canonical(m.group(1));
  }

  private static @Nullable String date(@Nullable String year, String month, String day) {
    try {
      int m = Integer.parseInt(month);
      int d = Integer.parseInt(day);
      return year == null
          ? "date:" + MonthDay.of(m, d)
          : "date:" + LocalDate.of(Integer.parseInt(year), m, d);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static String month(String name) {
    String three = name.substring(0, 3).toLowerCase(Locale.ROOT);
    for (Month month : Month.values()) {
      if (month.name().toLowerCase(Locale.ROOT).startsWith(three)) {
        return String.valueOf(month.getValue());
      }
    }
    throw new IllegalStateException("the pattern let through " + name);
  }

  private static String canonical(String number) {
    return new BigDecimal(number.replace(",", "")).stripTrailingZeros().toPlainString();
  }
}
