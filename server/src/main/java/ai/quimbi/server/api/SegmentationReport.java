package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Features;
import ai.quimbi.core.behaviour.SegmentationQuality;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Customers;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells a tenant how far its segments can be relied on. What was found is remembered until the
/// scores change.
final class SegmentationReport {
  // Which customers the bootstrap halves hold: any fixed number, so that the answer can be
  // repeated.
  private static final long SEED = 20_260_321;

  private final Tenancy tenancy;
  private final ModelShelf shelf;
  private final Scoreboard scoreboard;
  private final Customers customers;
  private final Cache<String, Known> known = Caffeine.newBuilder().maximumSize(1_000).build();

  SegmentationReport(
      Tenancy tenancy, ModelShelf shelf, Scoreboard scoreboard, Customers customers) {
    this.tenancy = tenancy;
    this.shelf = shelf;
    this.scoreboard = scoreboard;
    this.customers = customers;
  }

  private record Known(long edition, SegmentationQuality quality) {}

  Answer of(Call call) {
    Tenant tenant = tenancy.of(call);
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    SegmentationQuality quality = quality(tenant, standing);
    Map<String, Object> axes = new LinkedHashMap<>();
    quality
        .axes()
        .forEach(
            (axis, one) -> {
              Map<String, Object> shown = new LinkedHashMap<>();
              shown.put("support_axis", axis.isSupport());
              shown.put("sizes", one.sizes());
              // All customers in one segment have no other to be told from.
              if (!Double.isNaN(one.silhouette())) {
                shown.put("silhouette", Numbers.probability(one.silhouette()));
              }
              shown.put("stability", Numbers.probability(one.stability()));
              shown.put("low_confidence_share", Numbers.probability(one.lowConfidenceShare()));
              axes.put(axis.label(), shown);
            });
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customers", quality.customers());
    answer.put("fitted_on_customers", shelf.of(tenant).behaviour().customers());
    answer.put("stability", Numbers.probability(quality.stability()));
    answer.put("low_confidence_share", Numbers.probability(quality.lowConfidenceShare()));
    answer.put("axes", axes);
    return Answer.ok(Archetypes.signed(answer, tenant, standing));
  }

  private SegmentationQuality quality(Tenant tenant, Scoreboard.Standing standing) {
    Known there = known.getIfPresent(tenant.id());
    if (there != null && there.edition() == standing.edition()) {
      return there.quality();
    }
    Features.Builder features = new Features.Builder(standing.day(), 1024);
    customers.forEachProfile(tenant, (id, profile) -> features.add(profile));
    SegmentationQuality quality =
        SegmentationQuality.of(
            features.build(), shelf.of(tenant).behaviour(), standing.day(), SEED);
    known.put(tenant.id(), new Known(standing.edition(), quality));
    return quality;
  }
}
