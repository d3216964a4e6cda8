package ai.quimbi.core.generation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Chooses among variants by seed and slot, and tells which touches were asked for. Each slot draws
/// on its own, so a sentence that comes or goes changes no other one.
final class Voice {
  private final long seed;
  private final Set<Touch> touches;
  private final Set<Touch> asked = EnumSet.noneOf(Touch.class);

  Voice(long seed, Set<Touch> touches) {
    this.seed = seed;
    this.touches = touches;
  }

  String pick(String slot, List<String> variants) {
    return variants.get(Math.floorMod(mix(seed ^ mix(slot.hashCode())), variants.size()));
  }

  boolean has(Touch touch) {
    if (!touches.contains(touch)) {
      return false;
    }
    asked.add(touch);
    return true;
  }

  Set<Touch> asked() {
    return asked;
  }

  // The finaliser of SplitMix64 (Steele, Lea & Flood 2014): neighbouring seeds give unlike draws.
  private static long mix(long z) {
    long x = z + 0x9e3779b97f4a7c15L;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
