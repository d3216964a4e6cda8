package ai.quimbi.server.app.demo;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A company to invent: its tenant, how many customers it won over how many months, how often
/// (`rate`) and how long (`life`) they buy relative to the shop's, the mean order value, how strong
/// its seasons are, what it sells. `example` is a customer whom the documentation names.
public record DemoCompany(
    Tenant tenant,
    int customers,
    int months,
    double rate,
    double life,
    double orderValue,
    double seasonality,
    Catalogue catalogue,
    @Nullable String example) {

  private static final int FIRST_CUSTOMER = 10_001;

  // industry, name, zone, currency, customers, months, rate, life, price level, seasons, what
  private static final String PEERS =
      """
      retail;Larkspur Yarns;America/New_York;USD;420;30;0.60;0.9;1;0.9;yarn 9,needles 14,patterns 6,kits 48
      retail;Copper Kettle Kitchen;America/Chicago;USD;600;24;0.35;0.8;1;1.2;pans 58,knives 74,textiles 18,gadgets 16
      retail;Paws and Whistle;Europe/London;GBP;380;30;0.90;1.2;0.8;0.2;food 34,toys 12,leads 22,care 15
      retail;Fjord Outdoors;Europe/Oslo;NOK;350;24;0.30;0.9;10.5;0.8;jackets 140,packs 95,stoves 60,socks 16
      retail;Gartenglueck;Europe/Berlin;EUR;450;18;0.45;0.8;0.9;0.7;seeds 4,tools 29,pots 18,soil 12
      retail;Kasumi Paper;Asia/Tokyo;JPY;300;18;0.70;1.0;150;0.5;notebooks 12,pens 9,ink 18,washi 5
      retail;Second Spring Books;America/Denver;USD;520;30;0.65;1.1;1;0.8;fiction 16,cooking 28,travel 22,children 12
      retail;Little Orbit Toys;America/Toronto;CAD;270;12;0.40;0.6;1.3;1.6;puzzles 24,models 38,games 32,plush 19
      retail;Birch and Bloom;Europe/Stockholm;SEK;240;15;0.75;0.9;10.2;0.5;soap 8,oils 24,candles 19,gifts 36
      ecommerce;Daybreak Coffee;America/Los_Angeles;USD;480;24;1.30;1.0;1;0.1;beans 17,filters 7,brewers 64,cups 21
      ecommerce;Stride and Sole;Australia/Sydney;AUD;330;20;0.30;0.7;1.5;0.3;shoes 120,insoles 32,socks 14,laces 6
      saas;Ledgerling;Europe/Dublin;EUR;150;26;1.10;1.6;1;0.0;seats 39,reports 25,storage 15,support 80
      """;

  /// The quilting shop of tenant `demo`: customers `cust_10001` to `cust_15000`.
  public static DemoCompany shop() {
    Tenant tenant =
        new Tenant(
            "demo",
            "Prairie Star Quilts",
            "retail",
            ZoneId.of("America/Chicago"),
            Currency.getInstance("USD"));
    return new DemoCompany(tenant, 5_000, 36, 1.15, 1, 62, 1, Catalogue.quilting(), "cust_12345");
  }

  /// Twelve smaller ones, `peer-01` to `peer-12`.
  public static List<DemoCompany> peers() {
    List<DemoCompany> peers = new ArrayList<>();
    for (String line : PEERS.lines().toList()) {
      String[] cell = line.split(";", -1);
      Currency currency = Currency.getInstance(cell[3]);
      int number = peers.size() + 1;
      double level = Double.parseDouble(cell[8]);
      Tenant tenant =
          new Tenant(
              (number < 10 ? "peer-0" : "peer-") + number,
              cell[1],
              cell[0],
              ZoneId.of(cell[2]),
              currency);
      peers.add(
          new DemoCompany(
              tenant,
              Integer.parseInt(cell[4]),
              Integer.parseInt(cell[5]),
              Double.parseDouble(cell[6]),
              Double.parseDouble(cell[7]),
              55 * level,
              Double.parseDouble(cell[9]),
              Catalogue.small(cell[10], level, currency.getDefaultFractionDigits()),
              null));
    }
    return List.copyOf(peers);
  }

  public Ledger ledger() {
    return new Ledger(tenant.zone(), tenant.currency());
  }

  static String customerId(int index) {
    return "cust_" + (FIRST_CUSTOMER + index);
  }
}
