package ai.quimbi.server.api.reference;

import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/// `/docs/errors`: every code with its cause and remedy. `details.doc_url` of an error points here.
final class ErrorPage {
  private final Answer page;

  ErrorPage() {
    JsonNode entries = entries();
    StringBuilder body = new StringBuilder("<main class=\"page\"><h1>Error codes</h1>");
    body.append(
        """
        <p class="lead">Every error is <code>{"error": {"code", "message", "details"}}</code>.
        Programs decide by <code>code</code>; <code>details.request_id</code> names the request in
        the server's log.</p>
        <h2>Platform</h2>
        """);
    for (ErrorCode code : ErrorCode.values()) {
      section(code.name(), code.status(), entries.path("platform").path(code.name()), body);
    }
    body.append(
        """
        <h2>Copilot tools</h2>
        <p class="lead">Tools answer <code>{"ok": false, "data": null, "error": {"code",
        "message"}}</code>.</p>
        """);
    for (ToolFailure.Code code : ToolFailure.Code.values()) {
      section(code.name(), code.status(), entries.path("tools").path(code.name()), body);
    }
    body.append("</main>");
    this.page =
        Page.of("Error codes", "/docs/errors", "", "", body.toString())
            .with("Cache-Control", "public, max-age=300");
  }

  Answer get(Call call) {
    return page;
  }

  /// What is written about the codes: `{platform: {CODE: {cause, remedy}}, tools: {…}}`.
  static JsonNode entries() {
    try (InputStream in = ErrorPage.class.getResourceAsStream("/reference/errors.yaml")) {
      if (in == null) {
        throw new IllegalStateException("reference/errors.yaml is missing from the server");
      }
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("reading errors.yaml", e);
    }
  }

  private static void section(String code, int status, JsonNode entry, StringBuilder html) {
    html.append(
        String.format(
            Locale.ROOT,
            """
            <section class="code" id="%1$s"><h3><a href="#%1$s">%1$s</a> <span>%2$d</span></h3>
            <p>%3$s</p>
            <p><strong>Remedy:</strong> %4$s</p></section>
            """,
            code,
            status,
            marked(entry.path("cause").asText()),
            marked(entry.path("remedy").asText())));
  }

  /// Backquoted words are code.
  private static String marked(String text) {
    return Page.text(text).replaceAll("`([^`]+)`", "<code>$1</code>");
  }
}
