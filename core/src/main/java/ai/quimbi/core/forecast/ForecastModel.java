package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Covariance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Everything the forecasts of one tenant are made from. Equal models have equal versions, and the
/// version is a hash of the content: it changes when, and only when, answers may.
///
/// `scale` is the number of decimals of the tenant's currency; money inside is in minor units.
/// `horizonDays` is the H in "churn = no purchase within H days".
public record ForecastModel(
    String version,
    Provenance provenance,
    int scale,
    int horizonDays,
    PurchaseModel purchases,
    Covariance purchaseSpread,
    SpendModel spend,
    Covariance spendSpread,
    Reference reference,
    double populationChurn,
    Adjustment adjustment,
    Optional<Quality> quality) {

  private static final int SHIPPED_HORIZON_DAYS = Horizon.SHIPPED_DAYS;

  public ForecastModel {
    if (!(populationChurn >= 0 && populationChurn <= 1)) {
      throw new IllegalArgumentException("population churn " + populationChurn);
    }
    if (horizonDays < 1 || scale < 0 || scale > 4) {
      throw new IllegalArgumentException("horizon " + horizonDays + " days, scale " + scale);
    }
  }

  /// Where the numbers come from: `SHIPPED` with the program, or `FITTED` on a tenant's purchases
  /// up to `day`, whose `fingerprint` tells whether two fits saw the same data.
  public record Provenance(
      Kind kind, int day, int customers, int repeatCustomers, String fingerprint) {

    /// Shipped or fitted.
    public enum Kind {
      SHIPPED,
      FITTED
    }
  }

  /// The tenant's typical customer, against whom factors are measured.
  public record Reference(int frequency, int recency, int age, double meanNetMinor) {}

  static ForecastModel of(
      Provenance provenance,
      int scale,
      int horizonDays,
      PurchaseModel purchases,
      Covariance purchaseSpread,
      SpendModel spend,
      Covariance spendSpread,
      Reference reference,
      double populationChurn,
      Adjustment adjustment,
      Optional<Quality> quality) {
    ForecastModel unnamed =
        new ForecastModel(
            "",
            provenance,
            scale,
            horizonDays,
            purchases,
            purchaseSpread,
            spend,
            spendSpread,
            reference,
            populationChurn,
            adjustment,
            quality);
    return unnamed.named();
  }

  private ForecastModel named() {
    String name = "fm2-" + sha256(ModelText.encodeBody(this)).substring(0, 16);
    return new ForecastModel(
        name,
        provenance,
        scale,
        horizonDays,
        purchases,
        purchaseSpread,
        spend,
        spendSpread,
        reference,
        populationChurn,
        adjustment,
        quality);
  }

  ForecastModel withPopulationChurn(double churn) {
    return of(
        provenance,
        scale,
        horizonDays,
        purchases,
        purchaseSpread,
        spend,
        spendSpread,
        reference,
        churn,
        adjustment,
        quality);
  }

  /// The model before any evidence: the priors' centres. Spend is centred on fifty units of the
  /// currency.
  public static ForecastModel shipped(int scale) {
    PurchaseModel purchases = Prior.model(Family.BG_NBD);
    double typical = SpendFit.TYPICAL_UNITS * Math.pow(10, scale);
    Reference reference = new Reference(2, 140, 240, typical);
    return of(
        new Provenance(Provenance.Kind.SHIPPED, 0, 0, 0, "none"),
        scale,
        SHIPPED_HORIZON_DAYS,
        purchases,
        Prior.of(Family.BG_NBD).covariance(),
        SpendFit.prior(typical),
        SpendFit.priorSpread(),
        reference,
        purchases.pNone(
            reference.frequency(), reference.recency(), reference.age(), SHIPPED_HORIZON_DAYS),
        Adjustment.NONE,
        Optional.empty());
  }

  public boolean isFitted() {
    return provenance.kind() == Provenance.Kind.FITTED;
  }

  /// A stable text form, one fact a line.
  public String encode() {
    return ModelText.encode(this);
  }

  /// The model an [#encode] came from. Throws where the text is not one, or was altered.
  public static ForecastModel decode(String text) {
    return ModelText.decode(text);
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
