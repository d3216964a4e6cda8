package ai.quimbi.server.app.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a company sells: invented products in categories, those named first selling best.
record Catalogue(Map<String, List<Product>> byCategory) {

  // category | most units a line | pattern of the name | variants | kind price, …
  private static final String QUILTING =
      """
      fabric|12|%2$s %1$s|Meadow,Harvest,Midnight|Cotton Print 11.49,Batik 12.99,Solid Cotton 8.49,Flannel 10.99,Wide Backing 21.99
      precuts|4|%2$s %1$s|Sunrise,Prairie,Lakeside|Charm Pack 13.99,Jelly Strip Roll 44.50,Layer Square Stack 46.00,Fat Quarter Bundle 62.00,Hexagon Pack 15.50
      batting|3|%1$s - %2$s Size|Queen,Twin,King|Cotton Batting 45.00,Wool Batting 79.00,Bamboo Batting 58.00,Fusible Batting 52.00,Polyester Batting 27.50
      thread|6|%1$s, %2$s|Natural,Charcoal,Rainbow|Piecing Thread Spool 7.25,Quilting Thread Set 26.83,Variegated Thread Cone 17.90,Silk Applique Thread 9.80,Invisible Thread 6.40
      notions|4|%2$s %1$s|Classic,Pro,Travel|Rotary Cutter 21.50,Pin Box 8.90,Seam Ripper 6.75,Marking Pen Set 12.40,Basting Spray 15.30
      rulers|2|%1$s, %2$s|6 inch,12 inch,24 inch|Clear Ruler 18.60,Half-Square Ruler 22.90,Hexagon Template 16.20,Curve Template 27.40,Non-Slip Square 24.80
      patterns|2|%2$s %1$s|Wandering Geese,Northern Star,Garden Path|Quilt Pattern 11.50,Wall Hanging Pattern 9.00,Table Runner Pattern 7.50,Pattern Book 28.90,Block of the Month 34.00
      kits|2|%2$s %1$s|Autumn Lane,Winter Cabin,Spring Orchard|Quilt Kit 129.00,Pillow Kit 39.50,Table Runner Kit 48.00,Baby Quilt Kit 74.00,Ornament Kit 22.00
      machines|1|%1$s %2$s|100,200,300|Walking Foot 49.00,Extension Table 89.00,Travel Machine 249.00,Needle Set 14.00,Bobbin Box 11.00
      storage|3|%2$s %1$s|Small,Large,Folding|Project Bag 19.90,Thread Rack 36.00,Cutting Mat 42.00,Fabric Bin 24.50,Design Wall 58.00
      """;

  static Catalogue quilting() {
    return of(QUILTING, 1, 2);
  }

  /// A small one of `category price` pairs, three products each; `level` scales the prices into a
  /// currency of `scale` decimals.
  static Catalogue small(String categories, double level, int scale) {
    StringBuilder lines = new StringBuilder();
    for (String category : categories.split(",", -1)) {
      String[] words = category.strip().split(" ", -1);
      String kind = Character.toUpperCase(words[0].charAt(0)) + words[0].substring(1);
      lines
          .append(words[0])
          .append("|4|%2$s %1$s|Plain,Fine,Grand|")
          .append(kind + ' ' + words[1])
          .append('\n');
    }
    return of(lines.toString(), level, scale);
  }

  List<String> categories() {
    return List.copyOf(byCategory.keySet());
  }

  List<Product> products() {
    return byCategory.values().stream().flatMap(List::stream).toList();
  }

  private static Catalogue of(String lines, double level, int scale) {
    Map<String, List<Product>> byCategory = new LinkedHashMap<>();
    int number = 101;
    for (String line : lines.lines().toList()) {
      String[] cells = line.split("\\|", -1);
      List<Product> products = new ArrayList<>();
      String[] variants = cells[3].split(",", -1);
      for (int v = 0; v < variants.length; v++) {
        for (String kind : cells[4].split(",", -1)) {
          int space = kind.lastIndexOf(' ');
          double price = Double.parseDouble(kind.substring(space + 1)) * level * (1 + 0.2 * v);
          products.add(
              new Product(
                  "prod_" + number++,
                  String.format(cells[2], kind.substring(0, space), variants[v]),
                  cells[0],
                  BigDecimal.valueOf(price).setScale(scale, RoundingMode.HALF_EVEN),
                  Integer.parseInt(cells[1])));
        }
      }
      byCategory.put(cells[0], List.copyOf(products));
    }
    return new Catalogue(Collections.unmodifiableMap(byCategory));
  }
}
