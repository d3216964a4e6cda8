package ai.quimbi.server.app.contract;

import ai.quimbi.server.app.contract.Requests.Parameter;
import ai.quimbi.server.app.contract.Requests.Request;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A `.http` file, as editors send them: a block for each operation under `### operationId`.
final class HttpFile {
  private HttpFile() {}

  static String of(JsonNode contract) {
    StringBuilder file = new StringBuilder();
    file.append("# ").append(contract.at("/info/title").asText()).append(' ');
    file.append(contract.at("/info/version").asText());
    file.append(
        """
        . Made by ./quimbi contract export; the values are the demo's.
        @base_url = http://127.0.0.1:8080
        @api_key = test_key_12345
        @admin_key = demo_admin_key
        @client = copilot-frontend
        """);
    for (Request request : Requests.of(contract)) {
      file.append("\n### ").append(request.operationId()).append('\n');
      file.append("# ").append(request.summary()).append(" (scope: ");
      file.append(request.scope()).append(")\n");
      List<String> more = new ArrayList<>();
      for (Parameter parameter : request.optionalQuery()) {
        more.add(parameter.name() + "=" + parameter.encoded());
      }
      if (!more.isEmpty()) {
        file.append("# may be asked with: ").append(String.join(", ", more)).append('\n');
      }
      if (request.isSigned()) {
        file.append("# ./quimbi sign makes the signature of a call\n");
      }
      file.append(request.method()).append(" {{base_url}}").append(request.target()).append('\n');
      headers(request, file);
      if (request.body() != null) {
        file.append("Content-Type: application/json\n\n");
        file.append(PostmanCollection.pretty(request.body())).append('\n');
      }
    }
    return file.toString();
  }

  private static void headers(Request request, StringBuilder file) {
    switch (request.scope()) {
      case "none" -> {
        // Open to everybody.
      }
      case "signed" ->
          file.append("X-Client: {{client}}\nX-Timestamp: {{$timestamp}}000\nX-Signature: \n");
      case "admin" -> file.append("X-API-Key: {{admin_key}}\n");
      default -> file.append("X-API-Key: {{api_key}}\n");
    }
  }
}
