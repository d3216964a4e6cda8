package ai.quimbi.server.llm;

import ai.quimbi.core.generation.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The corpus of conversations meant to break a message generator.
record Adversaries(String kind, List<String> planted, List<Turn> turns) {

  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");

  static List<Adversaries> all() throws IOException {
    List<Adversaries> all = new ArrayList<>();
    try (InputStream in =
            Objects.requireNonNull(
                Adversaries.class.getResourceAsStream("/generation/adversarial.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          all.add(of(line.split("\t", 3)));
        }
      }
    }
    return all;
  }

  private static Adversaries of(String[] columns) {
    List<Turn> turns = new ArrayList<>();
    for (String turn : columns[2].split(" \\|\\| ", -1)) {
      String text = unescaped(turn.substring(2));
      turns.add(turn.startsWith("c:") ? Turn.customer(text) : Turn.agent(text));
    }
    List<String> planted =
        columns[1].isEmpty()
            ? List.of()
            : Arrays.stream(columns[1].split(" ; ", -1)).map(Adversaries::unescaped).toList();
    return new Adversaries(columns[0], planted, turns);
  }

  private static String unescaped(String text) {
    return UNICODE
        .matcher(text)
        .replaceAll(
            m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))))
        .replace("\\n", "\n");
  }
}
