package ai.quimbi.server.api;

import ai.quimbi.server.store.jobs.Jobs;
import java.time.Instant;

/// Leaves word that an import is over: a server, running now or started later, refits the models
/// where the import brought enough, scores its customers and makes up their past.
public final class AfterImport {
  static final String KIND = "after_import";
  static final String ORDERS = "orders";
  private static final int ATTEMPTS = 5;

  private AfterImport() {}

  /// `orders`: how many the import has stored or changed.
  public static void queue(Jobs jobs, String tenantId, long orders, Instant now) {
    String input = "{\"" + ORDERS + "\":" + orders + "}";
    jobs.start(new Jobs.Wish(JobIds.fresh(now), tenantId, KIND, KIND, input, ATTEMPTS));
  }
}
