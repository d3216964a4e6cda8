package ai.quimbi.core.behaviour;

import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import java.util.EnumMap;
import java.util.Map;

/// What a tenant's customers taught us about its segments. Immutable; the same model gives the same
/// memberships in every process.
public final class BehaviourModel {
  private final int scale;
  private final long customers;
  private final int fittedOn;
  private final Yardstick yardstick;
  private final Map<Axis, Centres> centres;
  private final String version;

  BehaviourModel(
      int scale, long customers, int fittedOn, Yardstick yardstick, Map<Axis, Centres> centres) {
    this.scale = scale;
    this.customers = customers;
    this.fittedOn = fittedOn;
    this.yardstick = yardstick;
    this.centres = new EnumMap<>(centres);
    for (Axis axis : Axis.values()) {
      if (!centres.containsKey(axis)) {
        throw new IllegalArgumentException("the model has no centres of " + axis.label());
      }
    }
    this.version = ModelText.version(this);
  }

  /// The model of a tenant without customers, whose currency has `scale` decimals: the published
  /// cut-points.
  public static BehaviourModel shipped(int scale) {
    Map<Axis, Centres> centres = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      centres.put(axis, Published.centres(axis));
    }
    return new BehaviourModel(scale, 0, 0, Published.yardstick(scale), centres);
  }

  /// Learns from a tenant's customers as they are on `today`.
  public static BehaviourModel fit(Iterable<Profile> profiles, int today, Ledger ledger) {
    return fit(Features.of(profiles, today), today, ledger.scale());
  }

  /// The same from measured features.
  public static BehaviourModel fit(Features features, int today, int scale) {
    return Fitting.fit(features, today, scale);
  }

  /// The value of [#encode]. Throws where the text is none.
  public static BehaviourModel decode(String text) {
    return ModelText.decode(text);
  }

  /// A stable text: equal models have equal texts, on every machine.
  public String encode() {
    return ModelText.encode(this);
  }

  /// Names what decides the answers, and nothing else: a refit that changed nothing keeps it.
  public String version() {
    return version;
  }

  /// Decimals of the currency the money is in.
  public int scale() {
    return scale;
  }

  /// How many customers with orders it was fitted on, 0 for the shipped one.
  public long customers() {
    return customers;
  }

  /// The day it was fitted for.
  public int fittedOn() {
    return fittedOn;
  }

  Yardstick yardstick() {
    return yardstick;
  }

  // The constructor sees to it that every axis is there.
  @SuppressWarnings("NullAway")
  Centres centres(Axis axis) {
    return centres.get(axis);
  }

  /// The memberships of all customers, [Axis#SEGMENTS] ten-thousandths each, one customer after the
  /// other. `rows` must hold them all.
  public void memberships(Features features, short[] rows) {
    Scoring.memberships(this, features, rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BehaviourModel that && encode().equals(that.encode());
  }

  @Override
  public int hashCode() {
    return encode().hashCode();
  }

  @Override
  public String toString() {
    return "BehaviourModel " + version + " of " + customers + " customers";
  }
}
