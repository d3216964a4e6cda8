package ai.quimbi.server.app.imports;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.generation.CatalogJson;
import ai.quimbi.server.app.imports.CsvTable.Line;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.generation.Catalog.Item;
import ai.quimbi.server.store.generation.Catalog.Kind;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// The rows of files about the catalogue: what their columns may be called, and the items they
/// make. An item is held against the same contract as one that comes over HTTP.
final class CatalogFiles {
  private static final Field TITLE = Field.required("title", "name");
  private static final Field TEXT =
      Field.required("text", "wording", "body", "content", "description");
  private static final Field TAGS = Field.optional("tags", "keywords");
  private static final Field URL = Field.optional("url", "link");

  private static final List<Field> OF_PRODUCTS =
      List.of(
          Field.required("product_id", "id", "sku", "item_id"),
          Field.required("title", "name", "product_name", "product_title"),
          Field.optional("category", "product_category", "product_type"),
          Field.optional("description", "body"),
          Field.optional("features"),
          Field.optional("details", "specifications"),
          Field.optional("good_for", "uses"),
          Field.optional("options", "variants", "sizes"),
          TAGS,
          Field.optional("price", "unit_price"),
          Field.optional("url", "link", "product_url"));
  private static final List<Field> OF_OFFERS =
      List.of(
          Field.required("offer_id", "id", "promotion_id"),
          TITLE,
          TEXT,
          Field.optional("code", "coupon", "coupon_code", "discount_code"),
          Field.optional("percent_off", "percent", "discount_percent"),
          Field.optional("amount_off", "amount", "discount_amount"),
          Field.optional("valid_from", "starts_on", "start_date"),
          Field.optional("valid_until", "ends_on", "end_date", "expires_on"),
          Field.optional("segments"),
          URL);
  private static final List<Field> OF_POLICIES =
      List.of(Field.required("policy_id", "id"), TITLE, TEXT, TAGS, URL);
  private static final List<Field> OF_SNIPPETS =
      List.of(Field.required("snippet_id", "id"), TITLE, TEXT, TAGS, Field.optional("goals"));

  private CatalogFiles() {}

  static List<Field> fields(Kind kind) {
    return switch (kind) {
      case PRODUCT -> OF_PRODUCTS;
      case OFFER -> OF_OFFERS;
      case POLICY -> OF_POLICIES;
      case SNIPPET -> OF_SNIPPETS;
    };
  }

  /// The item that a row tells of, all of it: a cell that is empty is nothing said.
  static Item item(Kind kind, Line line, Tenant tenant, Contract contract) throws BadRow {
    ObjectNode item = Wire.JSON.createObjectNode();
    for (Field field : fields(kind)) {
      if (line.has(field)) {
        put(item, field, line, tenant);
      } else if (field.isRequired()) {
        line.need(field);
      }
    }
    check(kind, item, line, contract);
    return CatalogJson.row(kind, item, tenant.currency());
  }

  private static void put(ObjectNode item, Field field, Line line, Tenant tenant) throws BadRow {
    String cell = line.get(field);
    String column = line.nameOf(field);
    switch (field.name()) {
      case "price", "amount_off", "percent_off" ->
          item.put(field.name(), Values.number(cell, column));
      case "valid_from", "valid_until" ->
          item.put(field.name(), day(cell, column, tenant).toString());
      case "features", "details", "good_for", "options", "tags", "segments", "goals" -> {
        ArrayNode texts = item.putArray(field.name());
        for (String one : cell.split("[|\\n]", -1)) {
          if (!one.isBlank()) {
            texts.add(Values.text(one.strip(), cell.length(), column));
          }
        }
      }
      default ->
          item.put(
              field.name(),
              Values.text(cell.replaceAll("\\s*\\R\\s*", " "), cell.length(), column));
    }
  }

  private static LocalDate day(String cell, String column, Tenant tenant) throws BadRow {
    return switch (Values.moment(cell, column)) {
      case Values.Moment.OnDay told -> told.day();
      case Values.Moment.Local told -> told.time().toLocalDate();
      case Values.Moment.Exact told -> LocalDate.ofInstant(told.at(), tenant.zone());
    };
  }

  private static void check(Kind kind, ObjectNode item, Line line, Contract contract)
      throws BadRow {
    String collection = CatalogJson.collection(kind);
    ObjectNode body = Wire.JSON.createObjectNode();
    body.putArray(collection).add(item);
    List<Fault> faults = contract.faults(CatalogJson.schema(kind), body);
    if (!faults.isEmpty()) {
      Fault fault = faults.getFirst();
      String[] path = fault.path().split("/", -1);
      String member = path.length > 3 ? path[3] : "";
      String column =
          fields(kind).stream()
              .filter(field -> field.name().equals(member))
              .findFirst()
              .map(line::nameOf)
              .orElse(member);
      throw new BadRow(column, said(fault.message()));
    }
  }

  // "This must be …." is said of the column.
  private static String said(String message) {
    String text = message.startsWith("This ") ? message.substring(5) : message;
    String plain = text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }
}
