package ai.quimbi.core.generation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The stated lexicon of words that bind the sender. A sentence with one of them must rest on a
/// fact. It is broad on purpose: a false alarm costs one repair, a false promise costs a customer.
final class Commitments {

  // What may follow "I will" without binding anybody: reading, checking, answering.
  private static final String HARMLESS =
      "check|look|find out|get back|get in touch|come back|let you know|keep you|keep it|help"
          + "|explain|read|listen|walk you|try|do my best|do our best|need to|ask|follow up"
          + "|be (?:here|glad|happy|in touch|back|around)|see what|see whether";

  private static final List<Pattern> WORDS =
      Stream.of(
              "refund\\w*|reimburs\\w*|money[- ]back|store credit|credit(?:ed|s|ing)?"
                  + "|compensat\\w*|waiv\\w+|payout",
              "replac(?:e|es|ed|ement|ements|ing)|resend\\w*|re-send\\w*|reship\\w*|exchange\\w*"
                  + "|repair\\w*|swap\\w*|send(?:ing)? (?:you|out)",
              "free|complimentary|no (?:extra )?(?:charge|cost)|on us|on the house|gratis|gift\\w*"
                  + "|bonus",
              "guarant\\w*|promis\\w*|warrant\\w*|assur\\w*|certif\\w*|insured?|you have my word"
                  + "|pledg\\w*|definitely|for sure",
              "discount\\w*|coupons?|vouchers?|promo\\w*|% off|percent off|off your|half[- ]price"
                  + "|savings?|sav(?:e|es|ing) (?:you|up|on)|special (?:price|offer|deal)|deals?"
                  + "|price match\\w*|cheap(?:er|est)|lowest price|best price|rebate\\w*|loyalty points",
              "expedit\\w*|overnight|same[- ]day|next[- ]day|ship(?:s|ped|ping|ment|ments)?"
                  + "|deliver(?:s|ed|y|ies|ing)?|dispatch\\w*|courier|out for delivery|in transit"
                  + "|on (?:its|the) way|(?:will|'ll|should|to) (?:arrive|be there)",
              "immediately|right away|straight away|instantly|at once|within the (?:hour|day|week)"
                  + "|asap|shortly|by the end of|before the end of|no later than",
              "in stock|out of stock|back in stock|available|unavailable|sold out|eligible|entitled"
                  + "|qualif\\w+|approved|authori[sz]\\w+|pre-?approved|lifetime|unlimited",
              "(?:has|have|'ve|was|were|is|are) (?:now |already |just |been )*(?:processed|cancell?ed"
                  + "|issued|confirmed|scheduled|sent|escalated|upgraded|applied|reserved|arranged"
                  + "|updated|closed|removed|deleted|granted|accepted|added)",
              "return(?:ed|able|s)?|accept(?:ed|s|ing)?|non-?returnable|pre-?paid|label",
              "compensation|liab\\w+|negligen\\w*|at fault|our fault|our mistake|we admit|lawsuit"
                  + "|legally",
              "recall\\w*|non-?toxic|hypoallergenic|fire-?proof|flame[- ]retardant|safe (?:for|to)"
                  + "|tested|medical\\w*|cures?|heals?",
              "(?:i|we)(?:'ll| will| shall| am going to|'m going to| are going to|'re going to| plan to"
                  + "| intend to|'d be able to| are able to| can (?:offer|give|send|get|do|arrange"
                  + "|issue|ship|make|add|apply|cover|upgrade|extend))\\s+(?:(?:\\w+ly|also|just|then"
                  + "|now|always|never|of course)\\s+)*+(?!(?:"
                  + HARMLESS
                  + ")\\b)\\w+",
              "you(?:'ll| will| are going to|'re going to| can expect| should expect| get to"
                  + "| have the right)\\b",
              "(?:our|my|the|a|an) (?:\\w+ )?(?:team|manager|colleague|specialist|agent|warehouse"
                  + "|supervisor|expert)(?:'ll| will| has| is going)",
              "(?:i|we)(?:'ve| have) (?:already |just |now )*(?!missed|received|noticed|looked|wondered)(?:\\w+ed|sent|made|put|given|set|got)",
              "(?:always|never) (?:\\w+ )?(?:ship|return|accept|charge|refund|cost|run|change)\\w*")
          .map(p -> Pattern.compile("\\b(?:" + p + ")(?!\\w)", Pattern.CASE_INSENSITIVE))
          .toList();

  // "% off" begins with no letter: the word boundary before it needs the digit or a space.
  private static final Pattern OFF =
      Pattern.compile("\\d\\s?% off|\\boff (?:the|any|all|every)\\b");

  private Commitments() {}

  /// The words in `sentence` that bind, in the order of the lexicon; empty when none does.
  static List<String> in(String sentence) {
    Stream<Matcher> all =
        Stream.concat(WORDS.stream(), Stream.of(OFF)).map(p -> p.matcher(sentence));
    return all.filter(Matcher::find).map(Matcher::group).toList();
  }
}
