package ai.quimbi.core.behaviour;

/// One segment of one axis: `purchase_value` `whale`.
public record Segment(Axis axis, String label) {
  public Segment {
    if (axis.indexOf(label) < 0) {
      throw new IllegalArgumentException(
          axis.label() + " has the segments " + axis.segments() + ", not " + label);
    }
  }

  /// The place in the row of all segments of all axes.
  public int position() {
    return axis.offset() + axis.indexOf(label);
  }
}
