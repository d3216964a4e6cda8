package ai.quimbi.server.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the server with rules of its own, beside the table of routes: it owns some paths,
/// finds out who calls, and answers everything there, refusals included.
public interface Annex {
  /// Whether this raw path is its.
  boolean owns(String path);

  /// The path's template, for the metrics.
  String nameOf(String path);

  /// Answers a request. What it throws is answered as the table's errors are.
  void serve(Visit visit) throws IOException;

  /// The body of a refusal by the HTTP server itself, which reached no handler.
  byte[] refusal(int status);

  static @Nullable Annex owner(List<Annex> annexes, String path) {
    for (Annex annex : annexes) {
      if (annex.owns(path)) {
        return annex;
      }
    }
    return null;
  }
}
