package ai.quimbi.client;

import java.net.URI;
import java.util.Map;

/// How a request proves who sends it. Asked again for every attempt, since a signature ages.
interface Credentials {
  Map<String, String> headers(String method, URI uri, byte[] body);

  /// An API key, sent as it is.
  record Key(String value) implements Credentials {
    public Key {
      Arguments.headerValue("apiKey", value);
    }

    @Override
    public Map<String, String> headers(String method, URI uri, byte[] body) {
      return Map.of("X-API-Key", value);
    }

    /// Logs and debuggers print records; a key must not be among what they print.
    @Override
    public String toString() {
      return "Key[hidden]";
    }
  }
}
