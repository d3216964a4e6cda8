package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.store.generation.Catalog;
import ai.quimbi.server.store.generation.Catalog.Item;
import ai.quimbi.server.store.generation.Catalog.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sets and lists the collections of the catalogue.
final class CatalogPages {
  private static final int PAGE = 1000;

  private final Tenancy tenancy;
  private final Catalog catalog;

  CatalogPages(Tenancy tenancy, Catalog catalog) {
    this.tenancy = tenancy;
    this.catalog = catalog;
  }

  /// Sets the whole collection.
  Answer put(Call call, Kind kind, String collection) {
    Tenant tenant = tenancy.of(call);
    List<Item> items = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int place = 0;
    for (JsonNode node : call.body().path(collection)) {
      Item item = CatalogJson.row(kind, node, tenant.currency());
      if (!ids.add(item.itemId())) {
        faults.add(
            new Fault(
                "/" + collection + "/" + place + "/" + CatalogJson.idName(kind),
                "duplicate",
                "This id stands twice in the list."));
      }
      items.add(item);
      place++;
    }
    if (!faults.isEmpty()) {
      throw ApiError.invalid(faults);
    }
    catalog.set(tenant, kind, items);
    return Answer.ok(Map.of("status", "success", "stored_count", items.size()));
  }

  Answer list(Call call, Kind kind, String collection) {
    Tenant tenant = tenancy.of(call);
    int limit = call.queryNumber("limit", 1, PAGE, PAGE);
    List<Item> found = catalog.list(tenant, kind, limit + 1, call.queryParameter("after"));
    boolean hasMore = found.size() > limit;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        collection,
        found.subList(0, hasMore ? limit : found.size()).stream().map(CatalogJson::tree).toList());
    answer.put("has_more", hasMore);
    return Answer.ok(answer);
  }
}
