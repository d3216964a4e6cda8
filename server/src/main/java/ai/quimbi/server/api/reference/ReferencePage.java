package ai.quimbi.server.api.reference;

import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/// `/docs`: Swagger UI over this server's contract, from the server's own files.
final class ReferencePage {
  private static final String OWN = "/reference/";

  /// What may be asked for, with its type. Nothing else of the class path is reachable.
  private static final Map<String, String> FILES =
      Map.of(
          "quimbi.css", "text/css; charset=utf-8",
          "docs.js", "text/javascript; charset=utf-8",
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private final Answer page;
  private final String swaggerUi;
  private final Map<String, byte[]> loaded = new ConcurrentHashMap<>();

  /// `exampleKey` is filled in for whoever tries an endpoint; empty fills in nothing.
  ReferencePage(String exampleKey) {
    this.swaggerUi = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    String key = exampleKey.isEmpty() ? "" : " data-api-key=\"" + Page.text(exampleKey) + "\"";
    this.page =
        Page.of(
                "Reference",
                "/docs",
                """
                <link rel="stylesheet" href="/docs/assets/swagger-ui.css">
                <script src="/docs/assets/swagger-ui-bundle.js" defer></script>
                <script src="/docs/assets/docs.js" defer></script>
                """,
                key,
                "<div id=\"swagger-ui\"></div>"
                    + "<noscript><main class=\"page\"><p>This page needs JavaScript; the contract"
                    + " itself is at <a href=\"/openapi.json\">/openapi.json</a>.</p></main>"
                    + "</noscript>")
            .with("Cache-Control", "no-cache");
  }

  Answer get(Call call) {
    return page;
  }

  Answer file(Call call) {
    String name = call.pathParameter("file");
    String type = FILES.get(name);
    if (type == null) {
      throw ApiError.of(ErrorCode.ENDPOINT_NOT_FOUND, "There is no such file.");
    }
    return Answer.bytes(loaded.computeIfAbsent(name, this::load), type)
        .with("Cache-Control", "public, max-age=3600");
  }

  private byte[] load(String name) {
    boolean isOwn = name.equals("quimbi.css") || name.equals("docs.js");
    return read((isOwn ? OWN : swaggerUi) + name);
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        ReferencePage.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      if (in == null) {
        throw new IllegalStateException("Swagger UI is missing from the server");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("reading Swagger UI's version", e);
    }
    return properties.getProperty("version", "unknown");
  }

  private static byte[] read(String resource) {
    try (InputStream in = ReferencePage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the server");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }
}
