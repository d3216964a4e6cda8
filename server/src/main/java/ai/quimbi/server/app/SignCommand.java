package ai.quimbi.server.app;

import ai.quimbi.core.access.Signature;
import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
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
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Parameters(index = "0", paramLabel = "TOOL", description = "Such as calculate_health.")
  private String tool;

  @Parameters(index = "1", paramLabel = "CUSTOMER", description = "Such as acme-001.")
  private String customer;

  @Option(names = "--client", description = "Whose call it is. Default: ${DEFAULT-VALUE}")
  private String client = "copilot-frontend";

  @Option(
      names = "--secret",
      description = "The client's secret; looked up in the data folder where not given.")
  private @Nullable String secret;

  @Option(names = "--params", description = "The tool's params as JSON. Default: {}")
  private String params = "{}";

  @Option(names = "--url", description = "Where the server is. Default: ${DEFAULT-VALUE}")
  private String url = "http://127.0.0.1:8080";

  @Option(names = "--v2", description = "Sign with version 2.")
  private boolean isV2;

  @Override
  public Integer call() {
    String body = body();
    String path = "/tool/" + tool;
    String time = Long.toString(InstantSource.system().millis());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SigningSecret key = SigningSecret.of(secret == null ? stored() : secret);
    String nonce = HexFormat.of().formatHex(random());
    String signature =
        isV2
            ? Signature.v2(key, Signature.canonical("POST", path, "", client, time, nonce, bytes))
            : Signature.v1(key, time, client, bytes);
    StringBuilder curl = new StringBuilder("curl -s " + quoted(url + path));
    header(curl, "Content-Type: application/json");
    header(curl, "X-Client: " + client);
    header(curl, "X-Timestamp: " + time);
    if (isV2) {
      header(curl, "X-Nonce: " + nonce);
    }
    header(curl, "X-Signature: " + signature);
    curl.append(" \\\n  -d ").append(quoted(body));
    terminal.answer(
        Map.of("client", client, "timestamp", time, "signature", signature, "body", body),
        curl.toString());
    return 0;
  }

  private String body() {
    try {
      ObjectNode envelope = Wire.JSON.createObjectNode().put("customerId", customer);
      envelope.set("params", Wire.JSON.readTree(params));
      return envelope.toString();
    } catch (JsonProcessingException e) {
      throw new CommandFault("--params is not JSON: " + params);
    }
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

  private static void header(StringBuilder curl, String header) {
    curl.append(" \\\n  -H ").append(quoted(header));
  }

  /// For a shell: in single quotes, with those inside taken out of them.
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
