package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.store.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The pages that a developer opens in a browser.
class ReferencePagesTest {
  private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  private static HttpResponse<byte[]> get(String path) {
    return Quimbi.stranger(null).raw("GET", path, null);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void the_pages_load_nothing_from_elsewhere_and_everything_they_load_is_there() {
    for (String page : List.of("/docs", "/docs/errors", "/status")) {
      HttpResponse<byte[]> response = get(page);

      assertEquals(200, response.statusCode(), page);
      String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      Matcher loaded = LOADED.matcher(text(response));
      List<String> seen = new ArrayList<>();
      while (loaded.find()) {
        String path = loaded.group(1);
        seen.add(path);
        assertTrue(path.startsWith("/") || path.startsWith("#"), page + " loads " + path);
        if (path.startsWith("/")) {
          assertEquals(200, get(path).statusCode(), page + " loads " + path);
        }
      }
      assertTrue(seen.contains("/docs/assets/quimbi.css"), seen.toString());
      assertFalse(text(response).contains("style=\""), "the policy forbids inline styles");
    }
  }

  @Test
  void only_the_pages_own_files_are_handed_out() {
    for (String name :
        List.of("version.txt", "..%2Fversion.txt", "openapi.yaml", "swagger-ui.js", "%2E%2E")) {
      assertEquals(404, get("/docs/assets/" + name).statusCode(), name);
    }
  }

  @Test
  void a_key_is_filled_in_only_where_everybody_knows_it() throws Exception {
    assertFalse(text(get("/docs")).contains("data-api-key"));
    try (Platform demo =
            Platform.open(
                TestDatabase.databases(),
                Settings.read(Map.of("QUIMBI_PORT", "0")),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                () -> Quimbi.NOW,
                List.of(),
                "test_key_\"12345");
        HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + demo.port() + "/docs")).build();
      String page = http.send(request, BodyHandlers.ofString()).body();
      assertTrue(page.contains("data-api-key=\"test_key_&quot;12345\""), page);
    }
  }

  @Test
  void every_code_has_one_entry_with_cause_and_remedy_and_errors_point_to_theirs() {
    String page = text(get("/docs/errors"));
    List<String> codes = new ArrayList<>();
    for (ErrorCode code : ErrorCode.values()) {
      codes.add(code.name());
    }
    for (ToolFailure.Code code : ToolFailure.Code.values()) {
      codes.add(code.name());
    }
    for (String code : codes) {
      Matcher entry =
          Pattern.compile(
                  "id=\""
                      + code
                      + "\">.*?</h3>\\s*<p>(.{20,}?)</p>\\s*<p>.*?</strong> (.{20,}?)</p>",
                  Pattern.DOTALL)
              .matcher(page);
      assertTrue(entry.find(), "errors.yaml says nothing of " + code);
      assertFalse(entry.group().contains("section class"), "errors.yaml lacks part of " + code);
      assertFalse(entry.find(), code + " stands twice");
    }
    Reply refused = Quimbi.tenant().get("/api/nothing", "/api/nothing");
    String url = refused.json().at("/error/details/doc_url").asText();
    assertEquals("/docs/errors#ENDPOINT_NOT_FOUND", url);
    assertEquals(200, get(url.substring(0, url.indexOf('#'))).statusCode());
  }

  @Test
  void the_status_tells_of_components_versions_models_and_jobs_and_names_no_tenant()
      throws IOException {
    Quimbi.Customer tenant = Quimbi.tenant();
    tenant.post("/api/intelligence/predict/churn", "{\"customer_id\": \"test_customer_new\"}");

    Reply status = Quimbi.stranger(null).get("/status.json", "/status.json");
    String page = text(get("/status"));

    // Other tests' jobs may be waiting; StatusTest tells operational from degraded.
    assertTrue(status.json().path("status").asText().matches("operational|degraded"));
    assertTrue(status.json().at("/components/1/version").asText().matches("1[5-9].*"));
    assertEquals("1", status.json().at("/versions/api").asText());
    assertTrue(status.json().at("/models/in_use").asInt() >= 0);
    assertTrue(status.json().at("/jobs/queued").isIntegralNumber());
    for (String told : List.of(status.text(), page)) {
      assertFalse(told.contains(tenant.tenant().id()), told);
    }
    for (String told : List.of("Components", "longest wait", "contract", "in use")) {
      assertTrue(page.contains(told), page);
    }
  }
}
