package ai.quimbi.server.app.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.imports.CatalogImport.Mode;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.generation.Catalog;
import ai.quimbi.server.store.generation.Catalog.Item;
import ai.quimbi.server.store.generation.Catalog.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of what messages may state, into a real store.
class CatalogImportTest {
  private static final Contract CONTRACT = Contract.load();
  private final Catalog catalog = new Catalog(TestDatabase.databases());
  @TempDir Path folder;
  private Tenant tenant;

  @BeforeEach
  void a_tenant() {
    tenant = TestDatabase.databases().tenants().find(TestDatabase.freshTenant()).orElseThrow();
  }

  private TableReport read(Mode mode, Kind kind, String... lines)
      throws IOException, UnreadableFile {
    Path csv = Files.write(folder.resolve("in.csv"), List.of(lines));
    return new CatalogImport(tenant, catalog, CONTRACT, mode).read(csv, kind);
  }

  private JsonNode stored(Kind kind, String id) throws IOException {
    for (Item item : catalog.list(tenant, kind, 1000, null)) {
      if (item.itemId().equals(id)) {
        return Wire.JSON.readTree(item.content());
      }
    }
    throw new AssertionError("no " + id);
  }

  private List<String> ids(Kind kind) {
    return catalog.list(tenant, kind, 1000, null).stream().map(Item::itemId).toList();
  }

  private static void assertCounts(TableReport report, int rows, int refused, int changed) {
    assertEquals(refused, report.rejectedRows(), report.toText());
    JsonNode counts = Wire.JSON.valueToTree(report.toMap());
    assertEquals(rows, counts.path("rows").asInt(), report.toText());
    assertEquals(changed, counts.at("/stored/changed").asInt(-1), report.toText());
    assertEquals(rows - refused - changed, counts.at("/stored/duplicates").asInt(-1));
  }

  @Test
  void products_are_found_by_what_their_columns_say_and_again_change_nothing() throws Exception {
    String[] lines = {
      "SKU;Name;Product Type;features;Good for;Price;Link;Weight",
      "p1;\"Cotton; pre-shrunk batting\";batting;soft|machine washable;baby quilt;24,99;https://shop.example/p1;2",
      "p2;Bamboo pins;notions;;;;;"
    };
    assertCounts(read(Mode.ADD, Kind.PRODUCT, lines), 2, 0, 2);

    JsonNode batting = stored(Kind.PRODUCT, "p1");
    assertEquals("Cotton; pre-shrunk batting", batting.path("title").asText());
    assertEquals("[\"soft\",\"machine washable\"]", batting.path("features").toString());
    assertEquals("24.99", batting.path("price").asText());
    assertEquals("https://shop.example/p1", batting.path("url").asText());
    assertEquals(2, stored(Kind.PRODUCT, "p2").size() - 1, "an empty cell says nothing");
    assertEquals(
        List.of("p1"),
        catalog.find(tenant, List.of("quilt"), false).stream().map(Item::itemId).toList());
    assertCounts(read(Mode.ADD, Kind.PRODUCT, lines), 2, 0, 0);
    assertTrue(read(Mode.ADD, Kind.PRODUCT, lines).toText().contains("ignored  Weight"));
  }

  @Test
  void every_kind_of_the_catalogue_has_its_file() throws Exception {
    assertCounts(
        read(
            Mode.ADD,
            Kind.OFFER,
            "offer_id,title,text,coupon_code,percent_off,valid_until,segments",
            "o1,Spring,Until the end of May you get 15% off batting.,WARM15,15,2026-05-31,"
                + "price_sensitivity:deal_hunter|shopping_maturity:new"),
        1,
        0,
        1);
    assertCounts(
        read(
            Mode.ADD,
            Kind.POLICY,
            "id,title,text,tags",
            "r1,Returns,\"Unopened items can be returned",
            "within 30 days.\",returns|refund"),
        1,
        0,
        1);
    assertCounts(
        read(
            Mode.ADD,
            Kind.SNIPPET,
            "id,title,body,goals",
            "s1,Hours,We answer from nine to five.,resolve_support_issue|upsell"),
        1,
        0,
        1);

    JsonNode offer = stored(Kind.OFFER, "o1");
    assertEquals("2026-05-31", offer.path("valid_until").asText());
    assertEquals(15, offer.path("percent_off").asInt());
    assertEquals(2, offer.path("segments").size());
    assertEquals(
        "Unopened items can be returned within 30 days.",
        stored(Kind.POLICY, "r1").path("text").asText());
    assertEquals(2, stored(Kind.SNIPPET, "s1").path("goals").size());
  }

  @Test
  void bad_rows_are_refused_with_their_lines_and_the_others_are_stored() throws Exception {
    TableReport report =
        read(
            Mode.ADD,
            Kind.OFFER,
            "offer_id,name,wording,percent_off,valid_until,url",
            "o1,A,You get it.,10,2026-05-31,https://shop.example/a",
            ",B,You get it.,10,2026-05-31,",
            "o3,C,You get it.,110,2026-05-31,",
            "o4,D,You get it.,10,some day,",
            "o5,E,You get it.,10,2026-05-31,javascript:alert(1)",
            "o6,F",
            "o1,Another A,You get it.,10,2026-05-31,",
            "o7,,You get it.,10,2026-05-31,",
            "o8," + "x".repeat(201) + ",You get it.,10,2026-05-31,",
            "o9,I,You get it.,ten,2026-05-31,");

    assertCounts(report, 10, 9, 1);
    for (String line :
        List.of(
            "line 3: offer_id is empty",
            "line 4: percent_off must be at most 100",
            "line 5: valid_until is not a date: write 2024-03-15",
            "line 6: url must match",
            "line 7: has fewer cells than the header",
            "line 8: tells again, and otherwise, what a row above told",
            "line 9: name is empty",
            "line 10: name must have at most 200 characters",
            "line 11: percent_off is not a number")) {
      assertTrue(report.toText().contains(line), line + " in\n" + report.toText());
    }
    assertEquals(List.of("o1"), ids(Kind.OFFER));
    assertEquals("A", stored(Kind.OFFER, "o1").path("title").asText());
  }

  @Test
  void strict_and_replace_store_all_or_nothing_and_only_replace_removes() throws Exception {
    read(Mode.ADD, Kind.POLICY, "id,title,text", "a,A,Said.", "b,B,Said.");

    TableReport bad = read(Mode.ADD_WHOLE, Kind.POLICY, "id,title,text", "c,C,Said.", "d,,Said.");
    assertEquals(1, bad.rejectedRows());
    assertTrue(bad.toText().contains("nothing was stored"), bad.toText());
    assertTrue(!bad.toMap().containsKey("stored"), bad.toMap().toString());
    read(Mode.REPLACE, Kind.POLICY, "id,title,text", "c,C,Said.", "d,,Said.");
    assertEquals(List.of("a", "b"), ids(Kind.POLICY));

    assertCounts(
        read(Mode.ADD_WHOLE, Kind.POLICY, "id,title,text", "b,B,Said.", "c,C,Said."), 2, 0, 1);
    assertEquals(List.of("a", "b", "c"), ids(Kind.POLICY));
    assertCounts(
        read(Mode.REPLACE, Kind.POLICY, "id,title,text", "b,B2,Said.", "c,C,Said."), 2, 0, 1);
    assertEquals(List.of("b", "c"), ids(Kind.POLICY));
  }

  @Test
  void a_dry_run_reports_and_stores_nothing() throws Exception {
    TableReport report = read(Mode.DRY_RUN, Kind.POLICY, "id,title,text", "a,A,Said.", "b,,Said.");

    assertEquals(1, report.rejectedRows());
    assertTrue(report.toText().contains("nothing was stored"), report.toText());
    assertEquals(List.of(), ids(Kind.POLICY));
  }

  @Test
  void a_file_that_cannot_be_read_says_what_to_change() {
    UnreadableFile refusal =
        assertThrows(UnreadableFile.class, () -> read(Mode.ADD, Kind.OFFER, "id,title", "a,A"));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("No column text in the header"),
        refusal.toString());
  }
}
