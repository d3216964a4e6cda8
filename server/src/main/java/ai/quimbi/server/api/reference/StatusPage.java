package ai.quimbi.server.api.reference;

import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/// `/status` for people and `/status.json` for programs: the same, of nobody in particular.
final class StatusPage {
  private final Status status;

  StatusPage(Status status) {
    this.status = status;
  }

  Answer json(Call call) {
    return Answer.ok(status.now(call.receivedAt())).with("Cache-Control", "no-store");
  }

  Answer page(Call call) {
    JsonNode now = Wire.JSON.valueToTree(status.now(call.receivedAt()));
    StringBuilder body = new StringBuilder("<main class=\"page\"><h1>Status: ");
    String overall = now.path("status").asText();
    body.append("<span class=\"is-").append(overall).append("\">").append(overall);
    body.append("</span></h1><p class=\"lead\">As of ");
    body.append(Page.text(now.path("checked_at").asText()));
    body.append("; this page renews itself. For programs: ");
    body.append("<a href=\"/status.json\">/status.json</a>.</p><h2>Components</h2><table>");
    for (JsonNode component : now.path("components")) {
      String state = component.path("status").asText();
      String version = component.path("version").asText("");
      row(
          spoken(component.path("name").asText()),
          "<span class=\"is-" + state + "\">" + spoken(state) + "</span>" + beside(version),
          body);
    }
    body.append("</table><h2>Versions</h2>");
    table(now.path("versions"), body);
    body.append("<h2>Models</h2>");
    table(now.path("models"), body);
    body.append("<h2>Jobs</h2>");
    table(now.path("jobs"), body);
    body.append("</main>");
    return Page.of(
            "Status",
            "/status",
            "<meta http-equiv=\"refresh\" content=\"30\">\n",
            "",
            body.toString())
        .with("Cache-Control", "no-store");
  }

  private static void table(JsonNode facts, StringBuilder html) {
    html.append("<table>");
    for (Map.Entry<String, JsonNode> fact : facts.properties()) {
      boolean isTime = fact.getKey().endsWith("_seconds");
      String name = isTime ? fact.getKey().replace("_seconds", "") : fact.getKey();
      String value = isTime ? age(fact.getValue().asLong()) : fact.getValue().asText();
      row(spoken(name), Page.text(value), html);
    }
    html.append("</table>");
  }

  private static void row(String name, String valueHtml, StringBuilder html) {
    html.append("<tr><th scope=\"row\">").append(name).append("</th><td>");
    html.append(valueHtml).append("</td></tr>");
  }

  private static String beside(String version) {
    return version.isEmpty() ? "" : " <code>" + Page.text(version) + "</code>";
  }

  private static String spoken(String name) {
    return Page.text(name.replace('_', ' '));
  }

  /// The largest unit that says something: `3 days`, `2 h`, `5 min`, `8 s`.
  static String age(long seconds) {
    Duration age = Duration.ofSeconds(seconds);
    if (age.toDays() >= 2) {
      return age.toDays() + " days";
    }
    if (age.toHours() >= 2) {
      return age.toHours() + " h";
    }
    return age.toMinutes() >= 2 ? age.toMinutes() + " min" : seconds + " s";
  }
}
