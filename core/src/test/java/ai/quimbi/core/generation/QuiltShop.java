package ai.quimbi.core.generation;

import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Policy;
import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.CatalogItem.Snippet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small shop to write for. The first product is the document's.
final class QuiltShop {

  static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  static final Product BATTING =
      new Product(
          "p1",
          "Warm & Natural 100% cotton batting",
          "batting",
          "It is breathable and gentle for infants.",
          List.of("machine washable and dryable", "pre-shrunk", "soft", "lightweight"),
          List.of("needle-punched with a light scrim", "quilts up to 10\" apart"),
          List.of("baby quilt", "crib quilt"),
          List.of("crib size (45\" x 60\")", "queen size (90\" x 108\")"),
          "$24.99",
          "https://shop.example/batting/warm-natural");

  static final Product THREAD =
      new Product(
          "p2",
          "Aurifil 50 wt thread set",
          "notions",
          "Twelve spools in soft colors.",
          List.of("low lint", "strong"),
          List.of(),
          List.of("piecing", "machine quilting"),
          List.of(),
          "$39.50",
          null);

  static final Offer WINTER =
      new Offer(
          "o1",
          "Winter stitching",
          "Until the end of winter you get 15% off all batting with the code WARM15.",
          "WARM15",
          new BigDecimal("15"),
          null,
          LocalDate.of(2026, 11, 1),
          LocalDate.of(2027, 2, 28),
          List.of(),
          null);

  static final Policy RETURNS =
      new Policy(
          "r1",
          "Returns",
          "Unopened items can be returned within 30 days of delivery. We refund the price to the"
              + " original card. Cut fabric cannot be returned.",
          "https://shop.example/returns");

  static final Policy DAMAGE =
      new Policy(
          "r2",
          "Damaged items",
          "If an item arrives damaged, we send a replacement at no charge once we have a photo.",
          null);

  static final Snippet CLASSES =
      new Snippet(
          "s1",
          "Classes",
          "We teach a free beginners' class every Saturday at 10 am.",
          List.of("class", "learn", "beginner"),
          List.of());

  static final List<CatalogItem> CATALOGUE =
      List.of(BATTING, THREAD, WINTER, RETURNS, DAMAGE, CLASSES);

  static final Turn BABY_QUILT =
      Turn.customer(
          "I'm making my first quilt and overwhelmed by batting options. What do you recommend for a"
              + " baby quilt?");

  private QuiltShop() {}

  static CustomerFacts customer(String... axesAndSegments) {
    CustomerFacts customer = CustomerFacts.NOBODY;
    for (int i = 0; i < axesAndSegments.length; i += 2) {
      customer =
          customer.withSegment(axesAndSegments[i], axesAndSegments[i + 1], Provenance.PROFILE);
    }
    return customer;
  }

  static CustomerFacts named(CustomerFacts customer, @Nullable String name) {
    return customer.withName(name == null ? null : new Known<>(name, Provenance.STORED));
  }

  static FactSheet sheet(Brief brief) {
    return FactSheet.of(brief, "The Quilt Shop", CATALOGUE, TODAY);
  }

  static Brief support(Channel channel, Length length, CustomerFacts customer, Turn... turns) {
    return Brief.of(
        Goal.RESOLVE_SUPPORT_ISSUE, channel, Tone.EMPATHETIC, length, List.of(turns), customer);
  }
}
