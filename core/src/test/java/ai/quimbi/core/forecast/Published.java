package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The public reference data beside the repository. Tests that need them skip, and say so, where
/// they are absent.
final class Published {
  // Beside the repository, or one further up where this is a worktree.
  private static final List<Path> FOLDERS =
      List.of(Path.of("..", "..", "shared"), Path.of("..", "..", "..", "shared"));

  private Published() {}

  static Path file(String name) {
    Optional<Path> file =
        FOLDERS.stream().map(folder -> folder.resolve(name)).filter(Files::isReadable).findFirst();
    assumeTrue(file.isPresent(), "skipped: ../shared/" + name + " is not beside the repository");
    return file.get();
  }

  static List<JsonNode> values() throws IOException {
    List<JsonNode> values = new ArrayList<>();
    new ObjectMapper().readTree(file("reference/clv-published.json").toFile()).forEach(values::add);
    return values;
  }

  /// A CSV file's rows without the header.
  static List<String[]> rows(String name) throws IOException {
    return Files.readAllLines(file(name)).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }
}
