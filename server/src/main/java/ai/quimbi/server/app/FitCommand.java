package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.app.forecast.FitFile;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.RefitLog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./quimbi fit --tenant T` fits a tenant's models now; `./quimbi fit FILE.csv` fits a file.
@Command(
    name = "fit",
    description = "Fit a tenant's models and put them in force, or fit a file of purchases.",
    mixinStandardHelpOptions = true)
final class FitCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Mixin private FitFile fitFile;

  @Option(names = "--tenant", paramLabel = "ID", description = "Fit this tenant's customers.")
  private String tenantId;

  @Override
  public Integer call() throws IOException {
    if (fitFile.isAsked()) {
      return fitFile.call();
    }
    if (tenantId == null) {
      throw new CommandFault("Say what to fit: a FILE.csv, or --tenant ID.");
    }
    try (Installation installation = where.open("fit")) {
      Tenant tenant = Where.tenant(installation, tenantId);
      Databases databases = installation.databases();
      Refit refit =
          new Refit(
              new Customers(databases),
              new ModelShelf(new Models(databases)),
              new RefitLog(databases),
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
