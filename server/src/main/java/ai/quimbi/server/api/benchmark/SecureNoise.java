package ai.quimbi.server.api.benchmark;

import ai.quimbi.core.benchmark.Noise;
import java.security.SecureRandom;

/// Noise that nobody can foresee or repeat.
final class SecureNoise implements Noise {
  private final SecureRandom random = new SecureRandom();

  @Override
  public long bits() {
    return random.nextLong();
  }
}
