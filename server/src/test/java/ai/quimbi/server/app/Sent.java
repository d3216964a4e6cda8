package ai.quimbi.server.app;

import ai.quimbi.server.app.Quimbi.Customer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// A request to a platform of a test's own, beside the shared one.
final class Sent {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Sent() {}

  static String to(Platform platform, Customer shop, String path, String body) {
    String key = shop.caller().key();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + path))
            .header("X-API-Key", key == null ? "" : key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path, e);
    }
  }
}
