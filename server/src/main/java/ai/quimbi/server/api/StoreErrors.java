package ai.quimbi.server.api;

import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.store.DatabaseUnavailable;
import ai.quimbi.server.store.DocumentsUnavailable;
import ai.quimbi.server.store.NoSuchTenant;
import ai.quimbi.server.store.Overloaded;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a failing store means to a caller.
public final class StoreErrors {
  private StoreErrors() {}

  /// `null` for what is nobody's fault but ours: a 500.
  public static @Nullable ApiError of(Throwable fault) {
    return switch (fault) {
      case Overloaded overloaded ->
          ApiError.unavailable(
              "Too many requests are being worked on. Try again in a moment.",
              Duration.ofSeconds(1));
      case DatabaseUnavailable unavailable ->
          ApiError.unavailable(
              "The database cannot be reached at the moment. Nothing was lost; try again.",
              Duration.ofSeconds(2));
      case DocumentsUnavailable unavailable ->
          ApiError.unavailable(
              "The store of documents cannot be reached at the moment. Try again in a moment.",
              unavailable.retryAfter());
      case NoSuchTenant gone ->
          ApiError.unavailable(
              "This tenant is being made or deleted. Try again in a moment.",
              Duration.ofSeconds(2));
      default -> null;
    };
  }
}
