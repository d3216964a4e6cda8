package ai.quimbi.server.app.contract;

import ai.quimbi.server.app.contract.Requests.Parameter;
import ai.quimbi.server.app.contract.Requests.Request;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A Postman collection, format 2.1: a folder for each tag, a request for each operation, variables
/// for what differs from server to server. The signed requests sign themselves before they are
/// sent.
final class PostmanCollection {
  private static final String FORMAT =
      "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

  /// Version 1 of the signature, over the body as it is sent.
  private static final List<String> SIGN =
      List.of(
          "const body = pm.variables.replaceIn(pm.request.body ? pm.request.body.raw || '' : '');",
          "const time = String(Date.now());",
          "const client = pm.variables.get('client');",
          "const signed = CryptoJS.HmacSHA256(`${time}.${client}.${body}`, pm.variables.get('secret'));",
          "pm.request.headers.upsert({key: 'X-Client', value: client});",
          "pm.request.headers.upsert({key: 'X-Timestamp', value: time});",
          "pm.request.headers.upsert({key: 'X-Signature', value: signed.toString()});");

  private PostmanCollection() {}

  static String of(JsonNode contract) {
    ObjectNode collection = Wire.JSON.createObjectNode();
    collection
        .putObject("info")
        .put("name", contract.at("/info/title").asText())
        .put("description", contract.at("/info/description").asText())
        .put("schema", FORMAT);
    Map<String, ArrayNode> folders = new HashMap<>();
    ArrayNode items = collection.putArray("item");
    for (JsonNode tag : contract.path("tags")) {
      ObjectNode folder = items.addObject().put("name", tag.path("name").asText());
      folder.put("description", tag.path("description").asText());
      folders.put(tag.path("name").asText(), folder.putArray("item"));
    }
    for (Request request : Requests.of(contract)) {
      ArrayNode folder =
          folders.computeIfAbsent(
              request.tag(), tag -> items.addObject().put("name", tag).putArray("item"));
      folder.add(item(request));
    }
    ArrayNode variables = collection.putArray("variable");
    variable(variables, "base_url", "http://127.0.0.1:8080");
    variable(variables, "api_key", "test_key_12345");
    variable(variables, "admin_key", "demo_admin_key");
    variable(variables, "client", "copilot-frontend");
    variable(variables, "secret", "demo-secret");
    return pretty(collection);
  }

  private static ObjectNode item(Request request) {
    ObjectNode item = Wire.JSON.createObjectNode().put("name", request.operationId());
    if (request.isSigned()) {
      ObjectNode event = item.putArray("event").addObject().put("listen", "prerequest");
      ArrayNode lines = event.putObject("script").put("type", "text/javascript").putArray("exec");
      SIGN.forEach(lines::add);
    }
    ObjectNode call = item.putObject("request").put("method", request.method());
    call.put("description", request.summary() + "\n\nScope: " + request.scope());
    ArrayNode headers = call.putArray("header");
    switch (request.scope()) {
      case "none", "signed" -> {
        // Nothing to be sent, or put there by the script.
      }
      case "admin" -> header(headers, "X-API-Key", "{{admin_key}}");
      default -> header(headers, "X-API-Key", "{{api_key}}");
    }
    if (request.body() != null) {
      header(headers, "Content-Type", "application/json");
      ObjectNode body = call.putObject("body").put("mode", "raw");
      body.put("raw", pretty(request.body()));
      body.putObject("options").putObject("raw").put("language", "json");
    }
    ObjectNode url = call.putObject("url").put("raw", "{{base_url}}" + request.target());
    url.putArray("host").add("{{base_url}}");
    ArrayNode path = url.putArray("path");
    for (String segment : request.path().substring(1).split("/", -1)) {
      path.add(segment);
    }
    ArrayNode query = url.putArray("query");
    for (Parameter parameter : request.query()) {
      query.addObject().put("key", parameter.name()).put("value", parameter.value());
    }
    for (Parameter parameter : request.optionalQuery()) {
      query
          .addObject()
          .put("key", parameter.name())
          .put("value", parameter.value())
          .put("disabled", true);
    }
    return item;
  }

  private static void header(ArrayNode headers, String name, String value) {
    headers.addObject().put("key", name).put("value", value);
  }

  private static void variable(ArrayNode variables, String name, String value) {
    variables.addObject().put("key", name).put("value", value);
  }

  static String pretty(JsonNode json) {
    try {
      return Wire.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
