package ai.quimbi.server.http;

/// Remembers the answers to requests that carried an `Idempotency-Key`, so that a repetition gets
/// the first answer again. Every key belongs to a tenant; `fingerprint` tells whether the same key
/// comes with the same request.
public interface Replies {
  /// Claims the key, or says what became of the request that claimed it before.
  Earlier claim(String tenantId, String idempotencyKey, byte[] fingerprint);

  /// The request succeeded: from now on its answer is given again.
  void keep(String tenantId, String idempotencyKey, byte[] answerJson);

  /// The request failed: the key is free again.
  void release(String tenantId, String idempotencyKey);

  /// What is known of an earlier request with the same key.
  sealed interface Earlier {
    /// There was none; this request has the key now.
    record None() implements Earlier {}

    /// It is still being worked on.
    record InProgress() implements Earlier {}

    /// It was a different request.
    record Different() implements Earlier {}

    /// It was answered with this JSON.
    final class Answered implements Earlier {
      private final byte[] json;

      public Answered(byte[] json) {
        this.json = json.clone();
      }

      public byte[] json() {
        return json.clone();
      }
    }
  }
}
