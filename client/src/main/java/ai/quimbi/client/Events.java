package ai.quimbi.client;

import ai.quimbi.client.Handover.SilenceException;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/// The events in the lines of a stream of server-sent events.
record Events(Handover<String> lines) implements Streaming.Pieces<ServerEvent> {

  /// The next whole event, nothing at the stream's end. Comments are heartbeats: each only starts
  /// the time anew. An event that the end cuts off is none.
  @Override
  public Optional<ServerEvent> next(Duration patience)
      throws InterruptedException, SilenceException {
    String event = "message";
    StringJoiner data = new StringJoiner("\n");
    data.setEmptyValue("");
    boolean some = false;
    while (true) {
      Optional<String> line = lines.next(patience);
      if (line.isEmpty()) {
        return Optional.empty();
      }
      String text = line.get();
      if (text.isEmpty() && some) {
        return Optional.of(new ServerEvent(event, data.toString()));
      }
      if (text.isEmpty()) {
        event = "message";
      } else if (text.startsWith("event:")) {
        event = value(text, "event:");
      } else if (text.startsWith("data:")) {
        data.add(value(text, "data:"));
        some = true;
      }
    }
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
