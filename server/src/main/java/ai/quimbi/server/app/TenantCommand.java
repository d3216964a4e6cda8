package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.store.Tenants;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./quimbi tenant add|list|delete`: through the running server's database, if one runs.
@Command(
    name = "tenant",
    description = "Add, list or delete tenants.",
    mixinStandardHelpOptions = true,
    subcommands = {TenantCommand.Add.class, TenantCommand.All.class, TenantCommand.Delete.class})
final class TenantCommand {

  @Command(
      name = "add",
      description = "Make a tenant and its database.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Parameters(paramLabel = "ID", description = "Lower-case letters, digits, _ and -.")
    private String id;

    @Option(names = "--name", description = "Its name for people; the id where not given.")
    private String name = "";

    @Option(names = "--industry", description = "What it is compared with: retail, saas, ...")
    private String industry = "";

    @Option(names = "--time-zone", defaultValue = "UTC", description = "Default: ${DEFAULT-VALUE}")
    private String timeZone = "UTC";

    @Option(names = "--currency", defaultValue = "USD", description = "Default: ${DEFAULT-VALUE}")
    private String currency = "USD";

    @Override
    public Integer call() {
      Tenant tenant =
          new Tenant(
              id,
              name.isEmpty() ? id : name,
              industry.isEmpty() ? null : industry,
              ZoneId.of(timeZone),
              Currency.getInstance(currency));
      try (Installation installation = where.open("tenant add")) {
        Tenants.Creation creation = installation.databases().tenants().create(tenant);
        return switch (creation) {
          case Tenants.Creation.Made made -> {
            terminal.answer(
                Tenancy.shown(made.tenant()),
                "Tenant %s is ready. Give it a key: ./quimbi key add --tenant %s"
                    .formatted(id, id));
            yield 0;
          }
          case Tenants.Creation.Exists exists ->
              throw new CommandFault("Tenant " + id + " exists already; it was not changed.");
        };
      }
    }
  }

  @Command(name = "list", description = "List all tenants.", mixinStandardHelpOptions = true)
  static final class All implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Override
    public Integer call() {
      try (Installation installation = where.open("tenant list")) {
        List<Tenant> tenants = installation.databases().tenants().list();
        StringBuilder text = new StringBuilder();
        tenants.forEach(
            tenant ->
                text.append(
                    "%-24s %-12s %-20s %s  %s%n"
                        .formatted(
                            tenant.id(),
                            tenant.industry() == null ? "-" : tenant.industry(),
                            tenant.zone(),
                            tenant.currency(),
                            tenant.name())));
        terminal.answer(
            tenants.stream().map(Tenancy::shown).toList(),
            tenants.isEmpty()
                ? "No tenants yet. Make one: ./quimbi tenant add ID"
                : text.toString().stripTrailing());
        return 0;
      }
    }
  }

  @Command(
      name = "delete",
      description = "Delete a tenant with all its data.",
      mixinStandardHelpOptions = true)
  static final class Delete implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Parameters(paramLabel = "ID")
    private String id;

    @Option(names = "--yes", description = "Confirm: what is deleted cannot be brought back.")
    private boolean yes;

    @Override
    public Integer call() {
      if (!yes) {
        throw new CommandFault(
            "This deletes all data of " + id + ". Say --yes to do it; nothing was deleted.");
      }
      try (Installation installation = where.open("tenant delete")) {
        if (!installation.databases().tenants().delete(id)) {
          throw new CommandFault("There is no tenant " + id + ".");
        }
        terminal.answer(Map.of("deleted", true), "Tenant " + id + " and its data are gone.");
        return 0;
      }
    }
  }
}
