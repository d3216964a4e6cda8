package ai.quimbi.server.app.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Which column of the file means what. Names match whatever their case and whether words are
/// parted by spaces, hyphens, underscores or capitals.
final class Header {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern GAP = Pattern.compile("[\\s._-]+");

  private final List<String> names;
  private final EnumMap<Column, Integer> places = new EnumMap<>(Column.class);

  private Header(List<String> names) {
    this.names = names;
    List<String> plain = names.stream().map(Header::plain).toList();
    for (Column column : Column.values()) {
      for (String alias : column.names()) {
        if (plain.contains(alias)) {
          places.putIfAbsent(column, plain.indexOf(alias));
        }
      }
    }
  }

  /// Throws where a row of this file could never become an order.
  static Header of(List<String> names) throws UnreadableFile {
    Header header = new Header(names.stream().map(String::strip).toList());
    if (header.places.isEmpty()) {
      // Without a header the first line may be a customer's: it is not repeated here.
      throw new UnreadableFile(
          "The first line names no known column. Put a header above the rows, for example"
              + " customer_id,date,amount");
    }
    header.need(Column.CUSTOMER);
    header.need(Column.DATE);
    if (!header.has(Column.AMOUNT) && !header.has(Column.PRICE)) {
      header.need(Column.AMOUNT);
    }
    return header;
  }

  int place(Column column) {
    return places.getOrDefault(column, -1);
  }

  boolean has(Column column) {
    return place(column) >= 0;
  }

  int size() {
    return names.size();
  }

  /// The column's name as the file spells it.
  String nameOf(Column column) {
    return has(column) ? names.get(place(column)) : column.bestName();
  }

  boolean tellsProducts() {
    return has(Column.PRODUCT_ID) || has(Column.PRODUCT_NAME) || has(Column.CATEGORY);
  }

  /// Whether several rows may form one order.
  boolean joinsRows() {
    return has(Column.ORDER) && (tellsProducts() || !has(Column.AMOUNT));
  }

  /// What each column was taken for, in the order of [Column].
  Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      if (isUsed(column)) {
        meanings.put(column.bestName(), nameOf(column));
      }
    }
    return meanings;
  }

  /// The columns that are not used, as the file spells them.
  List<String> ignored() {
    List<String> ignored = new ArrayList<>(names);
    for (Column column : Column.values()) {
      if (isUsed(column)) {
        ignored.set(place(column), "");
      }
    }
    ignored.removeIf(String::isEmpty);
    return ignored;
  }

  private boolean isUsed(Column column) {
    boolean hasMeaning = !column.isOfLine() || tellsProducts() || !has(Column.AMOUNT);
    return has(column) && hasMeaning;
  }

  private void need(Column column) throws UnreadableFile {
    if (!has(column)) {
      throw new UnreadableFile(
          "No column "
              + column.bestName()
              + " in the header. Any of these names will do: "
              + String.join(", ", column.names()));
    }
  }

  static String plain(String name) {
    String parted = HUMP.matcher(name).replaceAll("_");
    return GAP.matcher(parted).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
