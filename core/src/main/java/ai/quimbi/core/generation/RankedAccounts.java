package ai.quimbi.core.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Accounts in the order of their urgency, each with all that may be said of it, under a draft that
/// says what they are. Of several accounts a text can be wrong although each of its words stands in
/// the facts: by saying of one what is true of another.
public record RankedAccounts(String draft, List<Line> lines) {

  private static final Pattern JUDGEMENT =
      Pattern.compile(
          "\\b(?:low(?:est)?|medium|high(?:est)?|overdue|up|down|flat|near|far|no|few|many)\\b");

  public RankedAccounts {
    lines = List.copyOf(lines);
  }

  /// One account. `state` is part of a sentence: `high risk, score 13; renews in 20 days`.
  public record Line(String name, String state) {
    public Line {
      name = AccountFacts.plain(name);
    }

    String statement() {
      return name + ": " + state + ".";
    }
  }

  /// The names, the longest first: one can begin another.
  List<String> names() {
    return lines.stream()
        .map(Line::name)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  List<String> statements() {
    List<String> statements = new ArrayList<>(List.of(draft));
    lines.forEach(line -> statements.add(line.statement()));
    return statements;
  }

  /// Whether each sentence says of the accounts it names only what is true of every one of them,
  /// and of none by name only what the draft says of all.
  boolean isAttributedIn(String text) {
    return Words.sentences(Fold.of(text)).stream().allMatch(this::isAttributed);
  }

  private boolean isAttributed(String sentence) {
    String rest = sentence;
    Set<String> named = new HashSet<>();
    for (String name : names()) {
      Matcher found =
          Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(rest);
      if (found.find()) {
        named.add(name);
        rest = found.replaceAll(" ");
      }
    }
    Set<String> claims = claims(rest);
    if (named.isEmpty()) {
      return claims(draft).containsAll(claims);
    }
    // Of the draft's figures its spans of time hold for each account; its counts are of them all.
    Set<String> ofAll = new HashSet<>(Figures.in(draft));
    ofAll.removeIf(figure -> !figure.contains(" "));
    claims.removeAll(ofAll);
    return lines.stream()
        .filter(line -> named.contains(line.name()))
        .allMatch(line -> claims(line.state()).containsAll(claims));
  }

  private static Set<String> claims(String text) {
    Set<String> claims = new HashSet<>(Figures.in(text));
    Matcher judged = JUDGEMENT.matcher(text.toLowerCase(Locale.ROOT).replace('_', ' '));
    while (judged.find()) {
      claims.add("judgement:" + judged.group());
    }
    return claims;
  }
}
