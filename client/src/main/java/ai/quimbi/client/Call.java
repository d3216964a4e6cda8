package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One request as the SDK thinks of it. `path` is encoded already and begins with a slash; only a
/// `repeatable` call is sent again after a failure that may have left it carried out.
record Call(
    String method,
    String path,
    @Nullable JsonNode body,
    Map<String, String> headers,
    boolean repeatable) {

  Call {
    if (!path.startsWith("/")) {
      throw new InvalidArgumentException("path", "must begin with a slash, was " + path);
    }
    headers = Map.copyOf(headers);
  }

  static Call get(String path) {
    return new Call("GET", path, null, Map.of(), true);
  }

  /// A POST that asks and changes nothing, so that it may be repeated.
  static Call ask(String path, JsonNode body) {
    return new Call("POST", path, body, Map.of(), true);
  }

  /// A POST that must not be carried out twice.
  static Call once(String path, JsonNode body) {
    return new Call("POST", path, body, Map.of(), false);
  }

  /// What a caller says; only a GET is surely one that asks.
  static Call any(String method, String path, @Nullable JsonNode body) {
    boolean isGet = Arguments.text("method", method).equals("GET");
    return new Call(method, Arguments.text("path", path), body, Map.of(), isGet);
  }

  static Call delete(String path) {
    return new Call("DELETE", path, null, Map.of(), true);
  }

  Call with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Call(method, path, body, all, repeatable);
  }

  /// Further parameters of a query, in the order of their names.
  static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    new TreeMap<>(Arguments.map("filter", parameters))
        .forEach(
            (name, value) ->
                query.append('&').append(encode(name)).append('=').append(encode(value)));
    return query.toString();
  }

  /// An opaque id as one segment of a path: `a/b`, `..` and emoji included.
  static String segment(String id) {
    String encoded = encode(id);
    return encoded.replace(".", "").isEmpty() ? encoded.replace(".", "%2E") : encoded;
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
