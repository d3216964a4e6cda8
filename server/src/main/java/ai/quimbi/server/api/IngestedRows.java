package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;

/// Hears how many rows were stored: for the metrics, and to see when a refit is due.
public interface IngestedRows {
  void orders(Tenant tenant, int rows);

  void interactions(Tenant tenant, int rows);
}
