package ai.quimbi.server.app.imports;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.generation.CatalogJson;
import ai.quimbi.server.app.imports.CsvTable.Line;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.store.generation.Catalog;
import ai.quimbi.server.store.generation.Catalog.Item;
import ai.quimbi.server.store.generation.Catalog.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Imports a file of products, offers, policies or approved wording. It is read as a whole and then
/// stored at once, so that a message never meets half of it.
public final class CatalogImport {

  /// What becomes of the rows that were read.
  public enum Mode {
    /// Read and report.
    DRY_RUN,
    /// Add and change; a bad row is left out.
    ADD,
    /// Add and change, if no row is bad.
    ADD_WHOLE,
    /// Set the collection, if no row is bad: what is not in the file is gone afterwards.
    REPLACE
  }

  private final Tenant tenant;
  private final Catalog catalog;
  private final Contract contract;
  private final Mode mode;

  public CatalogImport(Tenant tenant, Catalog catalog, Contract contract, Mode mode) {
    this.tenant = tenant;
    this.catalog = catalog;
    this.contract = contract;
    this.mode = mode;
  }

  public TableReport read(Path file, Kind kind) throws IOException, UnreadableFile {
    try (CsvTable table = CsvTable.open(file, CatalogFiles.fields(kind))) {
      TableReport report =
          new TableReport(
              CatalogJson.collection(kind),
              mode != Mode.DRY_RUN,
              table.meanings(CatalogFiles.fields(kind)),
              table.ignored());
      Map<String, Item> items = new LinkedHashMap<>();
      while (table.hasNext()) {
        take(table.next(), kind, items, report);
      }
      store(kind, items, report);
      return report;
    }
  }

  private void take(Line line, Kind kind, Map<String, Item> items, TableReport report) {
    report.row();
    try {
      line.mustBeWhole();
      Item item = CatalogFiles.item(kind, line, tenant, contract);
      Item earlier = items.putIfAbsent(item.itemId(), item);
      if (earlier != null && !earlier.equals(item)) {
        throw new BadRow("", "tells again, and otherwise, what a row above told");
      }
    } catch (BadRow bad) {
      report.refuse(line.line(), bad.column(), bad.reason());
    }
  }

  private void store(Kind kind, Map<String, Item> items, TableReport report) {
    boolean isWhole = report.rejectedRows() == 0;
    switch (mode) {
      case DRY_RUN -> {}
      case ADD -> report.changed(catalog.add(tenant, kind, items.values()));
      case ADD_WHOLE -> {
        if (isWhole) {
          report.changed(catalog.add(tenant, kind, items.values()));
        } else {
          report.withhold();
        }
      }
      case REPLACE -> {
        if (isWhole) {
          report.changed(catalog.set(tenant, kind, items.values()));
        } else {
          report.withhold();
        }
      }
    }
  }
}
