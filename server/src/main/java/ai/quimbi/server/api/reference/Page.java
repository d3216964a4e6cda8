package ai.quimbi.server.api.reference;

import ai.quimbi.server.http.Answer;
import java.nio.charset.StandardCharsets;

/// The frame of the server's own pages, and what browsers are told about them: nothing runs or
/// loads that did not come from this server.
final class Page {
  /// Swagger UI draws its icons as data. Everything else is the server's own files.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Page() {}

  /// `head` and `body` are HTML already; `attributes` stand in the body's tag.
  static Answer of(String title, String path, String head, String attributes, String body) {
    String html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s · Quimbi</title>
        <link rel="icon" href="/docs/assets/favicon-32x32.png">
        %s<link rel="stylesheet" href="/docs/assets/quimbi.css">
        </head>
        <body%s>
        <header class="quimbi"><strong>Quimbi</strong>%s</header>
        %s
        </body>
        </html>
        """
            .formatted(text(title), head, attributes, links(path), body);
    return Answer.bytes(html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8")
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer");
  }

  /// Text as HTML shows it, also inside an attribute.
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String links(String current) {
    StringBuilder links = new StringBuilder();
    for (String[] link :
        new String[][] {
          {"/docs", "Reference"},
          {"/docs/errors", "Error codes"},
          {"/status", "Status"},
          {"/openapi.json", "openapi.json"}
        }) {
      links.append(" <a href=\"").append(link[0]).append('"');
      links.append(link[0].equals(current) ? " aria-current=\"page\">" : ">");
      links.append(link[1]).append("</a>");
    }
    return links.toString();
  }
}
