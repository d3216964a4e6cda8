package ai.quimbi.server.app.contract;

import ai.quimbi.server.http.Contract;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./quimbi contract export`: the contract as other programs want it.
@Command(
    name = "contract",
    description = "Hand the API's contract to other programs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ContractCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// Writes three files; existing ones are written anew.
  @Command(
      name = "export",
      description = "Write a Postman collection, a .http file and openapi.json.",
      mixinStandardHelpOptions = true)
  int export(
      @Option(
              names = "--out",
              paramLabel = "DIR",
              description = "Where to; the current folder where not given.",
              defaultValue = ".")
          Path folder)
      throws IOException {
    JsonNode contract = Contract.load().document();
    Files.createDirectories(folder);
    PrintWriter out = spec.commandLine().getOut();
    write(folder.resolve("quimbi.postman_collection.json"), PostmanCollection.of(contract), out);
    write(folder.resolve("quimbi.http"), HttpFile.of(contract), out);
    write(folder.resolve("openapi.json"), PostmanCollection.pretty(contract), out);
    return 0;
  }

  private static void write(Path file, String text, PrintWriter out) throws IOException {
    Files.writeString(file, text);
    out.println("Wrote " + file);
  }
}
