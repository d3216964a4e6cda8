package ai.quimbi.core.generation;

/// Where a fact comes from. What customers and agents wrote in a conversation is never a source.
public enum Provenance {
  /// Stated beside the conversation in the request: the order or ticket the message is about.
  REQUEST,
  /// In the profile that the caller sent.
  PROFILE,
  /// In the tenant's store, or computed from it.
  STORED
}
