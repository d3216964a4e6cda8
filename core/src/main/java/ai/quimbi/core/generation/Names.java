package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of people in a conversation, as far as it tells them: the profile, the speakers'
/// labels, greetings, signatures, "my name is".
///
/// @param patterns longest first, so that "Ana Maria Silva" is hidden before "Ana"
record Names(List<Pattern> patterns) {

  /// Names that are common words too are hidden only where they are written with a capital.
  private static final Set<String> WORDS_TOO =
      Set.of(
          ("will may mark grace hope art bill rose june april august summer faith joy dawn rich frank"
                  + " grant chase drew jack pat sue bob rob ray guy gene iris ivy lily olive pearl ruby"
                  + " amber jade penny sandy dusty rusty cliff dale dean glen heath lane miles reed"
                  + " wade ward young king long short brown black white green gray good small little"
                  + " love day park stone wood field hill lake rivers page price case cook baker"
                  + " taylor mason carter hunter fisher parker sky star winter christian major earl"
                  + " max mercy patience angel")
              .split(" "));

  private static final Set<String> CALENDAR =
      Set.of(
          ("monday tuesday wednesday thursday friday saturday sunday january february march april may"
                  + " june july august september october november december christmas easter black"
                  + " english spanish french german america american europe")
              .split(" "));

  /// Capitalised words that open greetings and signatures and are nobody's name.
  private static final Set<String> NO_NAMES =
      Set.of(
          ("there all team everyone everybody sir madam support customer agent service friend folks"
                  + " guys again thanks thank you i im the a an my your we our best regards cheers"
                  + " sincerely hi hello hey dear sent from iphone android it this that please what"
                  + " which where when why how can could do does is are just not no yes ok okay order"
                  + " hope good happy glad sure sorry so and but or if in on at to for with of any"
                  + " assistant bot human user shop store")
              .split(" "));

  private static final String WORD = "\\p{L}[\\p{L}\\p{M}'’-]{0,40}+";
  private static final String CAPITAL = "\\p{Lu}[\\p{L}\\p{M}'’-]{0,40}+\\.?";
  private static final String CAPITALS = CAPITAL + "(?: " + CAPITAL + "){0,3}";

  private static final List<Pattern> INTRODUCTIONS =
      List.of(
          Pattern.compile(
              "(?im)^\\W{0,9}(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hola|hallo)"
                  + "[ ,]+((?-i:"
                  + CAPITALS
                  + ")|"
                  + WORD
                  + "(?= {0,3}(?:[,!.:;-]|$)))"),
          Pattern.compile(
              "(?i)\\b(?:my name is|my name's|(?:his|her|their|whose) name is|name:|this is|i am called|call me|it's me,?|signed,?"
                  + "|speaking with|spoke (?:to|with)|yours,|on behalf of|mrs?\\.?|ms\\.?|dr\\.?|miss)"
                  + " ((?-i:"
                  + CAPITALS
                  + "))"),
          Pattern.compile(
              "(?i)\\b(?:my name is|my name's|i am called) (" + WORD + "(?: " + WORD + ")?)"),
          Pattern.compile("\\b(?:I am|I'm|i'm|i am) (" + CAPITAL + "(?: " + CAPITAL + ")+)"),
          Pattern.compile(
              "(?i)\\b(?:my (?:husband|wife|son|daughter|mother|father|mom|mum|dad|sister|brother"
                  + "|friend|boss|neighbou?r|partner|aunt|uncle|colleague)),? ((?-i:"
                  + CAPITALS
                  + "))"),
          Pattern.compile(
              "(?im)(?:regards|thanks|thank you|best|cheers|sincerely|love|wishes|yours(?: truly)?"
                  + "|respectfully|warmly|xo{1,6})[,.!]{0,3}\\s{0,9}[~-]{0,3} {0,3}((?-i:"
                  + CAPITALS
                  + "))[ .!]{0,3}$"),
          Pattern.compile(
              "(?im)(?:regards|cheers|sincerely|yours(?: truly)?|warmly)[,.!]{0,3} {0,3}\\n\\s{0,9}[~-]{0,3} {0,3}("
                  + WORD
                  + "(?: "
                  + WORD
                  + "){0,2}) {0,3}$"),
          Pattern.compile("(?m)^[-~ ]{1,9}(" + CAPITALS + ") {0,3}$"),
          Pattern.compile("[.!?,]\\s{0,3}\\n\\s{0,9}(" + CAPITALS + ")\\s{0,9}\\z"));

  static Names of(Brief brief, Evidence known) {
    Set<String> found = new TreeSet<>();
    Known<String> name = brief.customer().name();
    if (name != null) {
      add(found, name.value());
    }
    for (Turn turn : brief.conversation()) {
      if (turn.name() != null) {
        add(found, turn.name());
      }
      String text = Fold.of(turn.text());
      for (Pattern introduction : INTRODUCTIONS) {
        Matcher matcher = introduction.matcher(text);
        while (matcher.find()) {
          add(found, matcher.group(1));
        }
      }
      for (String sentence : Words.sentences(text)) {
        for (String word : Claims.names(sentence)) {
          if (looksLikeAName(word) && !known.hasToken(word)) {
            add(found, word);
          }
        }
      }
    }
    return new Names(
        found.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Names::pattern)
            .toList());
  }

  // One capital and then small letters, in the middle of a sentence. A brand that is not in the
  // catalogue is hidden with the names; nothing may be said about it anyway.
  private static boolean looksLikeAName(String word) {
    return word.length() >= 3
        && Character.isUpperCase(word.charAt(0))
        && Character.isLowerCase(word.charAt(1))
        && !CALENDAR.contains(word.toLowerCase(Locale.ROOT));
  }

  // The whole name, and each part of it on its own.
  private static void add(Set<String> found, String name) {
    List<String> parts = new ArrayList<>();
    for (String word : Fold.of(name).strip().split("[\\s,]+", -1)) {
      String part = word.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
      if (part.codePointCount(0, part.length()) >= 2
          && !NO_NAMES.contains(part.toLowerCase(Locale.ROOT))) {
        parts.add(part);
      } else if (!parts.isEmpty() && part.length() != 1) {
        break;
      }
    }
    found.addAll(parts);
    if (parts.size() > 1) {
      found.add(String.join(" ", parts));
    }
  }

  private static Pattern pattern(String name) {
    int flags = Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
    boolean isWordToo = WORDS_TOO.contains(name.toLowerCase(Locale.ROOT));
    String cased = isWordToo ? Words.capitalised(name.toLowerCase(Locale.ROOT)) : name;
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}_])" + Pattern.quote(cased) + "(?![\\p{L}\\p{N}_])",
        isWordToo ? flags : flags | Pattern.CASE_INSENSITIVE);
  }
}
