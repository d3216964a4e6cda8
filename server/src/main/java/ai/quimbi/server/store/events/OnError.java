package ai.quimbi.server.store.events;

/// What one faulty row means for the others of its batch.
public enum OnError {
  /// Nothing is stored.
  REFUSE_ALL,
  /// The others are stored.
  CONTINUE
}
