package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.generation.Brief;
import ai.quimbi.core.generation.CatalogItem;
import ai.quimbi.core.generation.FactSheet;
import ai.quimbi.core.generation.Turn;
import ai.quimbi.server.store.generation.Catalog;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/// Finds in the catalogue what a brief is about.
final class Facts {
  // The last turns tell what is asked; beyond that a search only gets vaguer.
  private static final int TURNS = 6;
  private static final int WORDS = 64;

  private final Catalog catalog;

  Facts(Catalog catalog) {
    this.catalog = catalog;
  }

  FactSheet about(Brief brief, Tenant tenant, LocalDate today) {
    boolean anyProduct =
        switch (brief.goal()) {
          case NURTURE_LEAD, UPSELL, WIN_BACK -> true;
          case RESOLVE_SUPPORT_ISSUE, GENERIC_COMMUNICATION -> false;
        };
    List<CatalogItem> found =
        catalog.find(tenant, words(brief.conversation()), anyProduct).stream()
            .map(row -> CatalogJson.fact(row, tenant.currency()))
            .toList();
    return FactSheet.of(brief, tenant.name(), found, today);
  }

  private static List<String> words(List<Turn> turns) {
    return turns.reversed().stream()
        .limit(TURNS)
        .flatMap(turn -> Arrays.stream(turn.text().split("[^\\p{L}\\p{N}]+")))
        .filter(word -> word.length() > 1)
        .limit(WORDS)
        .toList();
  }
}
