package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import org.jspecify.annotations.Nullable;

/// Finds a key by the SHA-256 of its secret: `null` where there is none or it was revoked. The door
/// itself looks at `expiresAt`.
@FunctionalInterface
public interface KeyLookup {
  @Nullable ApiKey bySecretHash(byte[] sha256);
}
