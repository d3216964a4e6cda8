package ai.quimbi.server.app;

import ai.quimbi.server.app.contract.ContractCommand;
import ai.quimbi.server.app.forecast.BacktestCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line. Each command is a class of its own; this one only names them and turns faults
/// into one plain line and an exit code: 0 done, 1 failed, 2 wrong usage.
@Command(
    name = "quimbi",
    description = "Customer intelligence that a company runs itself.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      TenantCommand.class,
      KeyCommand.class,
      ClientCommand.class,
      SignCommand.class,
      ImportCommand.class,
      FitCommand.class,
      ModelCommand.class,
      BenchmarkCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      RotateCommand.class,
      BacktestCommand.class,
      ContractCommand.class,
      McpCommand.class,
      ConfigCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Of the launcher itself:",
      "  test [--battery NAME]   Run the tests; a battery is a long one that runs by name.",
      "  bench NAME              Measure: medians and ratios side by side in one run.",
      "",
      "'./quimbi COMMAND --help' tells more of a command."
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine line = commandLine();
    if (arguments.length == 0) {
      line.usage(line.getOut());
      return 0;
    }
    return line.execute(arguments);
  }

  /// All commands, ready to be executed.
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (fault, command, parsed) -> {
          PrintWriter err = command.getErr();
          err.println(command.getColorScheme().errorText(sayingOf(fault)));
          return 1;
        });
    return line;
  }

  private static String sayingOf(Throwable fault) {
    String message = fault.getMessage();
    return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
  }
}
