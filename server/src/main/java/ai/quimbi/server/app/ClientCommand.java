package ai.quimbi.server.app;

import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.copilot.Clients;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./quimbi client add|rotate|list`: the programs that call the copilot's signed tools.
@Command(
    name = "client",
    description = "Add, rotate or list clients of the copilot's signed tools.",
    mixinStandardHelpOptions = true,
    subcommands = {ClientCommand.Add.class, ClientCommand.Rotate.class, ClientCommand.All.class})
final class ClientCommand {
  static Clients of(Databases databases) {
    return new Clients(databases.control(), databases.vault());
  }

  @Command(
      name = "add",
      description = "Make a client; its secret is shown once.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Parameters(paramLabel = "NAME", description = "Sent as X-Client.")
    private String name;

    @Option(
        names = "--tenant",
        required = true,
        paramLabel = "ID",
        description = "Whose accounts it sees.")
    private String tenant;

    @Option(
        names = "--owners",
        split = ",",
        paramLabel = "OWNER",
        description = "Owners whose accounts it may see; public where not given.")
    private List<String> owners = List.of(Subject.PUBLIC);

    @Option(
        names = "--tools",
        split = ",",
        paramLabel = "TOOL",
        description = "Tools it may call; all where not given.")
    private List<String> tools = Arrays.stream(ToolName.values()).map(ToolName::label).toList();

    @Option(names = "--require-v2", description = "Refuse signatures of version 1.")
    private boolean isV2Required;

    @Option(
        names = "--per-minute",
        paramLabel = "N",
        defaultValue = "6000",
        description = "Calls a minute. Default: ${DEFAULT-VALUE}")
    private int perMinute = 6000;

    @Override
    public Integer call() {
      for (String tool : tools) {
        if (ToolName.ofLabel(tool).isEmpty()) {
          throw new CommandFault("'" + tool + "' is no tool. There are: " + allTools());
        }
      }
      if (owners.stream().anyMatch(String::isBlank)) {
        throw new CommandFault(
            "--owners names owners with commas between them, such as public,u-7; one is empty.");
      }
      if (perMinute < 1) {
        throw new CommandFault("--per-minute must be at least 1.");
      }
      try (Installation installation = where.open("client add")) {
        Where.tenant(installation, tenant);
        Clients.Wish wish =
            new Clients.Wish(
                name, tenant, Set.copyOf(owners), Set.copyOf(tools), isV2Required, perMinute);
        String secret =
            of(installation.databases())
                .add(wish, InstantSource.system().instant())
                .orElseThrow(
                    () ->
                        new CommandFault(
                            "A client named "
                                + name
                                + " exists. A new secret for it: ./quimbi client rotate "
                                + name));
        terminal.answer(
            new Secret(name, secret),
            secret
                + "\n(the secret of "
                + name
                + "; it is not shown again. Try it: ./quimbi sign calculate_health acme-001"
                + " --client "
                + name
                + ")");
        return 0;
      } catch (IllegalArgumentException wrong) {
        throw new CommandFault(String.valueOf(wrong.getMessage()));
      }
    }
  }

  static String allTools() {
    return Arrays.stream(ToolName.values()).map(ToolName::label).collect(Collectors.joining(", "));
  }

  /// A secret, shown once.
  private record Secret(String client, String secret) {}

  @Command(
      name = "rotate",
      description = "Make a new secret; the one until now stays valid until the next rotation.",
      mixinStandardHelpOptions = true)
  static final class Rotate implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Parameters(paramLabel = "NAME", description = "As ./quimbi client list has it.")
    private String name;

    @Override
    public Integer call() {
      try (Installation installation = where.open("client rotate")) {
        String secret =
            of(installation.databases())
                .rotate(name, InstantSource.system().instant())
                .orElseThrow(
                    () ->
                        new CommandFault(
                            "There is no client "
                                + name
                                + ". Those there are: ./quimbi client list"));
        terminal.answer(
            new Secret(name, secret),
            secret
                + "\n(the new secret of "
                + name
                + "; it is not shown again. The one until now stays valid until the next rotation)");
        return 0;
      }
    }
  }

  @Command(
      name = "list",
      description = "List clients without their secrets.",
      mixinStandardHelpOptions = true)
  static final class All implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Override
    public Integer call() {
      try (Installation installation = where.open("client list")) {
        List<Clients.Listed> listed = of(installation.databases()).list();
        String text =
            listed.stream()
                .map(
                    client ->
                        "%-24s tenant %-16s owners %s"
                            .formatted(
                                client.id(), client.tenantId(), String.join(",", client.owners())))
                .collect(Collectors.joining("\n"));
        terminal.answer(
            listed.stream().map(ClientCommand::shown).toList(),
            listed.isEmpty()
                ? "No clients yet. Make one: ./quimbi client add NAME --tenant TENANT"
                : text);
        return 0;
      }
    }
  }

  private static Map<String, Object> shown(Clients.Listed client) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("client", client.id());
    shown.put("tenant", client.tenantId());
    shown.put("owners", client.owners());
    shown.put("tools", client.tools());
    shown.put("v2_required", client.isV2Required());
    shown.put("per_minute", client.perMinute());
    shown.put("created_at", client.createdAt());
    if (client.rotatedAt() != null) {
      shown.put("rotated_at", client.rotatedAt());
    }
    return shown;
  }
}
