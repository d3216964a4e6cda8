package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.copilot.Tool;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.core.copilot.ToolOutcome;
import ai.quimbi.core.copilot.Toolbox;
import ai.quimbi.core.generation.Pen;
import ai.quimbi.server.api.generation.Pens;
import ai.quimbi.server.http.Trace;
import ai.quimbi.server.store.Unavailable;
import ai.quimbi.server.store.copilot.KnownAccounts;
import ai.quimbi.server.store.copilot.KnownAccounts.Need;
import ai.quimbi.server.store.copilot.Weights;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a tool: finds the evidence it needs, within its deadline, and answers. Whatever goes wrong
/// is an outcome, never an exception.
final class Tools {
  private static final Logger LOG = LoggerFactory.getLogger(Tools.class);

  private final KnownAccounts accounts;
  private final Weights weights;
  private final Pens pens;
  private final HealthWatch watch;
  private final InstantSource clock;

  Tools(
      KnownAccounts accounts, Weights weights, Pens pens, HealthWatch watch, InstantSource clock) {
    this.accounts = accounts;
    this.weights = weights;
    this.pens = pens;
    this.watch = watch;
    this.clock = clock;
  }

  /// A tool's outcome and its envelope.
  record Ran(ToolOutcome outcome, ObjectNode envelope) {
    int status() {
      return outcome instanceof ToolFailure failure ? failure.code().status() : 200;
    }
  }

  /// `owners` are those whose accounts the caller may see.
  Ran run(Tenant tenant, Set<String> owners, Tool tool) {
    try {
      return Deadline.within(tool.name().deadlineMillis(), () -> answer(tenant, owners, tool));
    } catch (TimeoutException late) {
      return failed(new ToolFailure(Code.TIMEOUT, "Tool did not respond in time"));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return failed(new ToolFailure(Code.TOOL_FAILURE, "The server is stopping."));
    } catch (Unavailable away) {
      LOG.warn("tool {} failed: {}", tool.name().label(), Trace.summary(away));
      return failed(new ToolFailure(Code.TOOL_FAILURE, "The data cannot be reached; try again."));
    } catch (DocumentJson.Unreadable document) {
      LOG.warn("tool {} met a document that says: {}", tool.name().label(), document.getMessage());
      return failed(new ToolFailure(Code.TOOL_FAILURE, "What is stored cannot be read."));
    } catch (Exception fault) {
      LOG.error("tool {} failed\n{}", tool.name().label(), Trace.of(fault));
      return failed(new ToolFailure(Code.TOOL_FAILURE, "The tool failed; try again."));
    }
  }

  private Ran answer(Tenant tenant, Set<String> owners, Tool tool) {
    HealthWeights inForce = weights.current(tenant);
    Evidence evidence =
        owners.contains(tool.subject().owner())
            ? accounts
                .evidence(tenant, tool.subject().owner(), tool.subject().customerId(), need(tool))
                .orElse(null)
            : null;
    Instant now = clock.instant();
    ToolOutcome outcome = new Toolbox(inForce, now, pen(tenant, tool, now)).answer(tool, evidence);
    if (tool instanceof Tool.CalculateHealth && tool.periodDays() == Tool.DEFAULT_PERIOD_DAYS) {
      watch.see(tenant, evidence, inForce, now);
    }
    return new Ran(outcome, ToolJson.envelope(tool, outcome, inForce));
  }

  /// Only what is written may be phrased by a model; what is read and scored never is.
  private Pen pen(Tenant tenant, Tool tool, Instant now) {
    return switch (tool) {
      case Tool.GenerateEmail _, Tool.GenerateQbrOutline _ ->
          pens.of(tenant, LocalDate.ofInstant(now, tenant.zone()));
      case Tool.GetCustomerUsage _,
          Tool.GetRecentTickets _,
          Tool.GetContractInfo _,
          Tool.CalculateHealth _ ->
          Pen.COMPOSER;
    };
  }

  private static Need need(Tool tool) {
    int period = tool.periodDays();
    return switch (tool) {
      case Tool.GetCustomerUsage _ -> new Need(true, period, false);
      case Tool.GetRecentTickets _ -> new Need(false, period, true);
      case Tool.GetContractInfo _ -> new Need(false, period, false);
      case Tool.CalculateHealth _, Tool.GenerateEmail _, Tool.GenerateQbrOutline _ ->
          new Need(true, period, true);
    };
  }

  private static Ran failed(ToolFailure failure) {
    return new Ran(failure, ToolJson.envelope(failure));
  }
}
