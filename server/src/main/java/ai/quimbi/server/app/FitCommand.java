package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Models;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./quimbi fit --tenant T`: fits a tenant's models now.
@Command(
    name = "fit",
    description = "Fit a tenant's models to its customers and put them in force.",
    mixinStandardHelpOptions = true)
final class FitCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Option(names = "--tenant", required = true, paramLabel = "ID")
  private String tenantId;

  @Override
  public Integer call() {
    try (Installation installation = where.open("fit")) {
      Tenant tenant = Where.tenant(installation, tenantId);
      Databases databases = installation.databases();
      Refit refit =
          new Refit(
              new Customers(databases),
              new ModelShelf(new Models(databases)),
              InstantSource.system());
      Map<String, Object> answer = new LinkedHashMap<>();
      switch (refit.now(tenant)) {
        case Refit.Outcome.Fitted fitted -> {
          answer.put("status", "fitted");
          answer.put("customers", fitted.customers());
          answer.put("model_version", fitted.models().version());
          terminal.answer(
              answer,
              "Fitted on %,d customers; model %s is in force."
                  .formatted(fitted.customers(), fitted.models().version()));
        }
        case Refit.Outcome.Kept kept -> {
          answer.put("status", "kept");
          answer.put("reason", kept.reason());
          answer.put("model_version", kept.models().version());
          terminal.answer(answer, "Nothing changed: " + kept.reason() + ".");
        }
      }
      return 0;
    }
  }
}
