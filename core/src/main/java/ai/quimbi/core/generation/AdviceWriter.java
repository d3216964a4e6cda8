package ai.quimbi.core.generation;

import ai.quimbi.core.generation.Advice.Action;
import ai.quimbi.core.generation.Grounding.Kind;
import ai.quimbi.core.generation.Grounding.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words the reasons and talking points of advice by a language model, where there is one. What is
/// done, in which order, what it is expected to do and what is warned of is the playbook's: the
/// model neither sees a choice nor has one. Each line must hold against the line it stands for.
public final class AdviceWriter {
  private static final int MAX_LINE_WORDS = 30;

  // A line may become somewhat longer than the tenant wrote it.
  private static final int EXTRA_WORDS = 10;

  private static final String SYSTEM =
      """
      You rewrite the reasons and talking points of advice to a colleague who serves a customer, so \
      that they read well.

      """
          + AccountPrompts.RULES
          + "- Keep every line of the draft, in its order, and the words before its first colon.\n"
          + "- Recommend nothing, leave nothing out, change no degree: high stays high, low stays low.\n";

  // Words that say how much or whether: none may come in that the line did not have.
  private static final Pattern DEGREE =
      Pattern.compile(
          "\\b(?:high\\w*|low\\w*|elevated|moderate\\w*|medium|minimal|severe|extreme\\w*|vip|new"
              + "|valued|valuable|worthless|critical|urgent\\w*|certain\\w*|likely|unlikely|always|not|no|never"
              + "|cannot|without|none|\\w+n't|best|worst|most|least|more|less|very|first|double"
              + "|twice|half|all|every|only)\\b");

  private AdviceWriter() {}

  /// Advice and who worded it.
  ///
  /// @param generator `composer` for the playbook's own words, or the model's name
  /// @param reason why these are the playbook's words although a model is there, else `null`
  public record Worded(Advice advice, String generator, @Nullable String reason) {}

  /// A line as the playbook has it. `known` is what may be said in its place.
  private record Line(String heading, String text, List<String> known) {
    String whole() {
      return heading + " " + text;
    }
  }

  public static Worded worded(Advice advice, Situation situation, Pen pen) {
    LanguageModel model = pen.model();
    List<Line> lines = lines(advice);
    if (model == null || lines.isEmpty()) {
      return new Worded(advice, Writer.COMPOSER, null);
    }
    if (situation.isGrave()) {
      return new Worded(advice, Writer.COMPOSER, Writer.GRAVE);
    }
    int maxWords = lines.stream().mapToInt(AdviceWriter::maxWords).sum();
    Rewriting rewriting =
        new Rewriting(
            model,
            SYSTEM,
            prompt(advice, lines, maxWords),
            maxWords,
            Redaction.of(secrets(situation.facts().customer()), pen.phones()),
            text -> unsupported(text, lines),
            text -> Form.shaped(Fold.of(text), Channel.EMAIL).replaceAll("\\n\\s*\\n", "\n"),
            text -> hasForm(text, lines));
    return switch (rewriting.outcome()) {
      case Rewriting.Outcome.Taken taken ->
          new Worded(with(advice, lines, taken.text()), taken.model(), null);
      case Rewriting.Outcome.Kept kept -> new Worded(advice, Writer.COMPOSER, kept.reason());
    };
  }

  private static List<Line> lines(Advice advice) {
    List<Line> lines = new ArrayList<>();
    for (Action action : advice.actions()) {
      String reason = oneLine(action.reasoning());
      lines.add(
          new Line(
              "Reason " + letter(action.priority() - 1) + ":",
              reason,
              List.of(reason, action.action())));
    }
    int place = 0;
    for (String point : advice.talkingPoints()) {
      lines.add(new Line("Point " + letter(place++) + ":", oneLine(point), List.of(point)));
    }
    return lines;
  }

  // Letters, since a number in a text is a claim.
  private static char letter(int place) {
    return (char) ('A' + place);
  }

  private static String oneLine(String text) {
    return Fold.of(text).replaceAll("\\s*\\n\\s*", " ").strip();
  }

  private static String prompt(Advice advice, List<Line> lines, int maxWords) {
    List<String> facts =
        advice.actions().stream()
            .map(action -> "Action " + letter(action.priority() - 1) + ": " + action.action())
            .toList();
    return AccountPrompts.user(
        facts,
        String.join("\n", lines.stream().map(Line::whole).toList()),
        "the same lines in better words",
        maxWords);
  }

  private static List<String> secrets(CustomerFacts customer) {
    List<String> secrets = new ArrayList<>(customer.privateTexts());
    if (customer.name() != null) {
      secrets.add(customer.name().value());
    }
    return secrets;
  }

  private static int maxWords(Line line) {
    return Math.max(MAX_LINE_WORDS, Words.count(line.text()) + EXTRA_WORDS);
  }

  private static boolean hasForm(String text, List<Line> lines) {
    String[] said = text.split("\n", -1);
    if (said.length != lines.size()) {
      return false;
    }
    for (int i = 0; i < said.length; i++) {
      Line line = lines.get(i);
      String rest = rest(said[i], line);
      if (!said[i].startsWith(line.heading())
          || rest.isEmpty()
          || Words.count(rest) > maxWords(line)) {
        return false;
      }
    }
    return true;
  }

  private static String rest(String said, Line line) {
    return said.substring(Math.min(said.length(), line.heading().length())).strip();
  }

  // Of a text in another form nothing can be told; it is not taken for that alone.
  private static List<Unsupported> unsupported(String text, List<Line> lines) {
    if (!hasForm(text, lines)) {
      return List.of();
    }
    List<Unsupported> found = new ArrayList<>();
    String[] said = text.split("\n", -1);
    for (int i = 0; i < said.length; i++) {
      Line line = lines.get(i);
      String rest = rest(said[i], line);
      found.addAll(Grounding.on(new Evidence(line.known())).unsupported(rest));
      changedMeaning(rest, line).forEach(word -> found.add(Unsupported.of(Kind.MEANING, word)));
    }
    return found;
  }

  // Degrees that the line did not have, or the whole of what has nothing to do with it.
  private static List<String> changedMeaning(String said, Line line) {
    String own = String.join(" ", line.known());
    Set<String> degrees = degrees(own);
    List<String> changed = degrees(said).stream().filter(word -> !degrees.contains(word)).toList();
    Set<String> stems = Words.stems(own);
    boolean isAbout = Words.stems(said).stream().anyMatch(stems::contains);
    return isAbout ? changed : List.of(said);
  }

  private static Set<String> degrees(String text) {
    Set<String> degrees = new TreeSet<>();
    DEGREE
        .matcher(Fold.of(text).toLowerCase(Locale.ROOT))
        .results()
        .forEach(m -> degrees.add(m.group()));
    return degrees;
  }

  private static Advice with(Advice advice, List<Line> lines, String text) {
    String[] said = text.split("\n", -1);
    List<Action> actions = new ArrayList<>();
    for (Action action : advice.actions()) {
      int place = actions.size();
      actions.add(
          new Action(
              action.playId(),
              action.action(),
              action.priority(),
              rest(said[place], lines.get(place)),
              action.impact()));
    }
    List<String> points = new ArrayList<>();
    for (int i = actions.size(); i < said.length; i++) {
      points.add(rest(said[i], lines.get(i)));
    }
    return new Advice(actions, advice.warnings(), points, advice.playbook());
  }
}
