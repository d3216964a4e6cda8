package ai.quimbi.server.store;

/// The configured PostgreSQL is there and cannot be used; the message says why and what to do, in
/// words for the person who configured it.
public final class UnsuitableDatabase extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsuitableDatabase(String message) {
    super(message);
  }
}
