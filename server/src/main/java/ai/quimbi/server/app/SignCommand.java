package ai.quimbi.server.app;

import ai.quimbi.core.access.Signature;
import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./quimbi sign TOOL CUSTOMER`: a signed call as a line of curl, good for five minutes.
@Command(
    name = "sign",
    description = "Print a signed call of a tool as a line of curl, good for five minutes.",
    mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
  private static final ObjectReader WHOLE =
      Wire.JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Parameters(
      index = "0",
      paramLabel = "TOOL",
      description = "Such as calculate_health; another name is answered by a list of them.")
  private String tool;

  @Parameters(index = "1", paramLabel = "CUSTOMER", description = "Such as acme-001.")
  private String customer;

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "Whose call it is. Default: ${DEFAULT-VALUE}")
  private String client = "copilot-frontend";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "The client's secret; looked up in the data folder where not given.")
  private @Nullable String secret;

  @Option(
      names = "--params",
      paramLabel = "JSON",
      description = "The tool's params, such as {\"periodDays\": 30}. Default: {}")
  private String params = "{}";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the server is. Default: ${DEFAULT-VALUE}")
  private String url = "http://127.0.0.1:8080";

  @Option(names = "--v2", description = "Sign with version 2.")
  private boolean isV2;

  /// A call with everything that has to be sent, in the order in which it is shown.
  private record Signed(
      String url,
      String client,
      String timestamp,
      @Nullable String nonce,
      String signature,
      String body) {

    String curl() {
      StringBuilder curl = new StringBuilder("curl -s " + quoted(url));
      header(curl, "Content-Type", "application/json");
      header(curl, "X-Client", client);
      header(curl, "X-Timestamp", timestamp);
      if (nonce != null) {
        header(curl, "X-Nonce", nonce);
      }
      header(curl, "X-Signature", signature);
      return curl.append(" \\\n  -d ").append(quoted(body)).toString();
    }
  }

  @Override
  public Integer call() {
    mustBeTool();
    String server = server();
    String body = body();
    String path = "/tool/" + tool;
    String time = Long.toString(InstantSource.system().millis());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SigningSecret key = SigningSecret.of(secret == null ? stored() : secret);
    String nonce = isV2 ? HexFormat.of().formatHex(random()) : null;
    String signature =
        nonce == null
            ? Signature.v1(key, time, client, bytes)
            : Signature.v2(key, Signature.canonical("POST", path, "", client, time, nonce, bytes));
    Signed call = new Signed(server + path, client, time, nonce, signature, body);
    terminal.answer(call, call.curl());
    return 0;
  }

  private void mustBeTool() {
    if (ToolName.ofLabel(tool).isEmpty()) {
      throw new CommandFault("'" + tool + "' is no tool. There are: " + ClientCommand.allTools());
    }
  }

  private String server() {
    if (!url.matches("https?://[^/?#\\s]+(?:/[^?#\\s]*)?")) {
      throw new CommandFault(
          "--url is where the server is, such as http://127.0.0.1:8080, not '" + url + "'.");
    }
    return url.replaceFirst("/+$", "");
  }

  private String body() {
    if (customer.isBlank()) {
      throw new CommandFault("CUSTOMER is the id of an account, such as acme-001.");
    }
    try {
      JsonNode told = WHOLE.readTree(params);
      if (told.isObject()) {
        ObjectNode envelope = Wire.JSON.createObjectNode().put("customerId", customer);
        envelope.set("params", told);
        return envelope.toString();
      }
    } catch (JsonProcessingException e) {
      // The same is wrong with it as with what is JSON and no object.
    }
    throw new CommandFault(
        "--params is one JSON object, such as '{\"periodDays\": 30}', not '" + params + "'.");
  }

  private String stored() {
    try (Installation installation = where.open("sign")) {
      return ClientCommand.of(installation.databases())
          .secretOf(client)
          .orElseThrow(
              () ->
                  new CommandFault(
                      "There is no client "
                          + client
                          + ". Make it: ./quimbi client add "
                          + client
                          + " --tenant TENANT"));
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static void header(StringBuilder curl, String name, String value) {
    curl.append(" \\\n  -H ").append(quoted(name + ": " + value));
  }

  /// For a shell: in single quotes, with those inside taken out of them.
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
