package ai.quimbi.server.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./quimbi config`: every setting, its value, where it differs from its default.
@Command(
    name = "config",
    description = "Show every setting and its value; secrets are hidden.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Settings.Line line : Settings.describe(System.getenv())) {
      out.printf("%s=%s%s%n", line.name(), line.value(), line.isDefault() ? "" : "   (set)");
      out.printf("    %s%n", line.means());
    }
    out.println();
    out.println("Set them in the environment, or as NAME=value lines of a file named by");
    out.println("QUIMBI_CONFIG; the environment wins.");
    return 0;
  }
}
