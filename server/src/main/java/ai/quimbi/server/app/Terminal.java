package ai.quimbi.server.app;

import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How a command answers: text for people, or one JSON value with `--json`.
final class Terminal {
  @Option(names = "--json", description = "Answer with one JSON value.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// Prints the value with `--json`, else the text.
  void answer(Object value, String text) {
    PrintWriter out = out();
    if (!json) {
      out.println(text);
    } else {
      try {
        out.println(Wire.JSON.writeValueAsString(value));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("cannot write the answer as JSON", e);
      }
    }
    out.flush();
  }
}
