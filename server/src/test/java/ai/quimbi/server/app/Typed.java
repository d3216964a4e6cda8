package ai.quimbi.server.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// What a command came to that somebody typed.
record Typed(int code, String out, String err) {

  static Typed run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Typed(line.execute(arguments), out.toString(), err.toString());
  }
}
