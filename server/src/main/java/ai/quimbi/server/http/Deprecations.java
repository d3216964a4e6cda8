package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of an operation goes away, and when: everything that the contract marks `deprecated`, with
/// `x-deprecated-since` and `x-sunset` (days) beside it. Who uses it is told in every answer by
/// `Deprecation` (RFC 9745) and `Sunset` (RFC 8594).
final class Deprecations {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final @Nullable Notice operation;
  private final List<Notice> parameters;
  private final List<Notice> members;

  private Deprecations(@Nullable Notice operation, List<Notice> parameters, List<Notice> members) {
    this.operation = operation;
    this.parameters = parameters;
    this.members = members;
  }

  /// One thing that goes away, not before callers had 60 days to hear of it.
  record Notice(String what, LocalDate since, LocalDate sunset) {
    static final int DAYS_AHEAD = 60;

    Notice {
      if (sunset.isBefore(since.plusDays(DAYS_AHEAD))) {
        throw new IllegalArgumentException(
            what + ": the sunset " + sunset + " is less than 60 days after " + since);
      }
    }

    static Notice of(String what, JsonNode node) {
      if (!node.has("x-deprecated-since") || !node.has("x-sunset")) {
        throw new IllegalArgumentException(
            what + " is deprecated, but x-deprecated-since or x-sunset is missing");
      }
      return new Notice(
          what,
          LocalDate.parse(node.path("x-deprecated-since").asText()),
          LocalDate.parse(node.path("x-sunset").asText()));
    }
  }

  /// Of one operation. Members are those of the request body, at its top.
  static Deprecations of(JsonNode document, Method method, String path) {
    JsonNode item = document.path("paths").path(path);
    JsonNode operation = item.path(method.name().toLowerCase(Locale.ROOT));
    String name = method + " " + path;
    List<Notice> parameters = new ArrayList<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode each : list) {
        JsonNode parameter = followed(document, each);
        if (isDeprecated(parameter) && parameter.path("in").asText().equals("query")) {
          parameters.add(Notice.of(parameter.path("name").asText(), parameter));
        }
      }
    }
    List<Notice> members = new ArrayList<>();
    JsonNode schema =
        followed(document, operation.at("/requestBody/content/application~1json/schema"));
    for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
      JsonNode member = followed(document, each.getValue());
      JsonNode marked = isDeprecated(each.getValue()) ? each.getValue() : member;
      if (isDeprecated(marked)) {
        members.add(Notice.of(each.getKey(), marked));
      }
    }
    return new Deprecations(
        isDeprecated(operation) ? Notice.of(name, operation) : null, parameters, members);
  }

  /// Tells of what this request uses; nothing where it uses nothing that goes away.
  void tell(Map<String, String> query, JsonNode body, HttpServletResponse response) {
    if (operation == null && parameters.isEmpty() && members.isEmpty()) {
      return;
    }
    List<Notice> used = new ArrayList<>();
    if (operation != null) {
      used.add(operation);
    }
    parameters.stream().filter(each -> query.containsKey(each.what())).forEach(used::add);
    members.stream().filter(each -> body.has(each.what())).forEach(used::add);
    used.stream()
        .map(Notice::since)
        .min(Comparator.naturalOrder())
        .ifPresent(
            since ->
                response.setHeader(
                    "Deprecation",
                    "@" + since.atStartOfDay(ZoneOffset.UTC).toInstant().getEpochSecond()));
    used.stream()
        .map(Notice::sunset)
        .min(Comparator.naturalOrder())
        .ifPresent(
            sunset -> {
              response.setHeader("Sunset", HTTP_DATE.format(sunset.atStartOfDay(ZoneOffset.UTC)));
              response.setHeader("Link", "</docs>; rel=\"deprecation\"; type=\"text/html\"");
            });
  }

  /// Everything that a document marks, wherever it stands: for those who check the whole of it.
  static List<Notice> all(JsonNode document) {
    List<Notice> notices = new ArrayList<>();
    collect("", document, notices);
    return notices;
  }

  private static void collect(String at, JsonNode node, List<Notice> notices) {
    if (node.isObject() && isDeprecated(node)) {
      String name = node.path("operationId").asText(node.path("name").asText(at));
      notices.add(Notice.of(Objects.requireNonNull(name), node));
    }
    if (node.isObject()) {
      node.properties().forEach(each -> collect(each.getKey(), each.getValue(), notices));
    } else {
      node.forEach(each -> collect(at, each, notices));
    }
  }

  private static boolean isDeprecated(JsonNode node) {
    return node.path("deprecated").isBoolean() && node.path("deprecated").asBoolean();
  }

  private static JsonNode followed(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }
}
