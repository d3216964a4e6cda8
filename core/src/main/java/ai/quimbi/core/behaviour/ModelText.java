package ai.quimbi.core.behaviour;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A model as lines of text. Numbers are written in hexadecimal, so none loses a bit.
final class ModelText {
  private static final String HEADER = "quimbi-behaviour 1";

  private ModelText() {}

  static String encode(BehaviourModel model) {
    return HEADER
        + "\nfitted "
        + model.fittedOn()
        + " "
        + model.customers()
        + "\n"
        + whatDecides(model);
  }

  static String version(BehaviourModel model) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(whatDecides(model).getBytes(StandardCharsets.UTF_8));
      return "b1-" + HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String whatDecides(BehaviourModel model) {
    Yardstick usual = model.yardstick();
    StringBuilder text = new StringBuilder();
    text.append("scale ").append(model.scale()).append("\nyardstick");
    write(text, usual.orderMinor(), usual.unitMinor(), usual.repeatsPerDay());
    text.append(' ').append(usual.tellsContacts()).append('\n');
    for (Axis axis : Axis.values()) {
      text.append(axis.label());
      write(text, model.centres(axis).places());
      text.append(" /");
      write(text, model.centres(axis).spread());
      text.append('\n');
    }
    return text.toString();
  }

  private static void write(StringBuilder text, double... values) {
    for (double value : values) {
      text.append(' ').append(Double.toHexString(value));
    }
  }

  static BehaviourModel decode(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 4 + Axis.values().length || !lines.get(0).equals(HEADER)) {
      throw new IllegalArgumentException("not a behaviour model of format 1");
    }
    String[] fitted = words(lines.get(1), "fitted", 2);
    String[] scale = words(lines.get(2), "scale", 1);
    String[] usual = words(lines.get(3), "yardstick", 4);
    Map<Axis, Centres> centres = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      centres.put(axis, centres(axis, lines.get(4 + axis.index())));
    }
    return new BehaviourModel(
        Integer.parseInt(scale[0]),
        Long.parseLong(fitted[1]),
        Integer.parseInt(fitted[0]),
        new Yardstick(
            Double.parseDouble(usual[0]),
            Double.parseDouble(usual[1]),
            Double.parseDouble(usual[2]),
            Boolean.parseBoolean(usual[3])),
        centres);
  }

  private static Centres centres(Axis axis, String line) {
    int dimensions = Coordinates.of(axis);
    int places = axis.size() * dimensions;
    String[] words = words(line, axis.label(), places + 1 + dimensions);
    return new Centres(axis, numbers(words, 0, places), numbers(words, places + 1, dimensions));
  }

  private static double[] numbers(String[] words, int from, int count) {
    return Arrays.stream(words, from, from + count).mapToDouble(Double::parseDouble).toArray();
  }

  private static String[] words(String line, String name, int count) {
    String[] words = line.split(" ", -1);
    if (words.length != count + 1 || !words[0].equals(name)) {
      throw new IllegalArgumentException("expected " + count + " values of " + name);
    }
    return Arrays.copyOfRange(words, 1, words.length);
  }
}
