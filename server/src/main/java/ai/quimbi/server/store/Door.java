package ai.quimbi.server.store;

import org.jspecify.annotations.Nullable;

/// Where the database's failures are wrapped, once: what means that it is not there to be used
/// leaves as [DatabaseUnavailable], everything else as it came.
final class Door {
  private Door() {}

  interface Work<T extends @Nullable Object, X extends Exception> {
    T run() throws X;
  }

  static <T extends @Nullable Object, X extends Exception> T through(String where, Work<T, X> work)
      throws X {
    try {
      return work.run();
    } catch (Exception e) {
      if (!(e instanceof Unavailable) && DatabaseUnavailable.isCauseOf(e)) {
        throw new DatabaseUnavailable("the database of " + where + " cannot be used now", e);
      }
      throw e;
    }
  }
}
