package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./quimbi import accounts|products|…` as a person types it, on an installation of its own.
class ImportTableTest {
  @TempDir Path folder;

  @Test
  void an_import_without_what_it_needs_says_so() {
    Typed orders = Typed.run("import");
    assertEquals(2, orders.code());
    assertTrue(orders.err().contains("An import of orders needs FILE."), orders.err());
    assertTrue(Typed.run("import", "x.csv", "--tenant", "t").err().contains("--source NAME"));
    assertTrue(Typed.run("import", "usage", "x.csv").err().contains("--tenant"));
    assertTrue(Typed.run("import", "--help").out().contains("tickets"));
    assertTrue(Typed.run("import", "snippets", "--help").out().contains("--replace"));
  }

  private static String[] with(String[] arguments, String more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void accounts_and_offers_are_imported_by_the_command() throws IOException {
    Path csv = Files.write(folder.resolve("accounts.csv"), List.of("id,name", "a,Acme", ",B"));
    String data = folder.resolve("data").toString();
    assertEquals(0, Typed.run("tenant", "add", "shop", "--data", data).code());
    Typed told =
        Typed.run(
            "import", "accounts", csv.toString(), "--tenant", "shop", "--data", data, "--json");

    assertEquals(0, told.code(), told.err());
    assertTrue(told.out().contains("\"rejected_rows\":1"), told.out());
    assertTrue(told.out().contains("\"line\":3"), told.out());

    Path catalog =
        Files.write(
            folder.resolve("offers.csv"), List.of("id,title,text", "o,A,Said.", "p,,Said."));
    String[] offers = {
      "import", "offers", catalog.toString(), "--tenant", "shop", "--data", data, "--json"
    };
    Typed dry = Typed.run(with(offers, "--dry-run"));
    assertEquals(0, dry.code(), dry.err());
    assertTrue(dry.out().contains("\"line\":3") && !dry.out().contains("stored"), dry.out());
    Typed strict = Typed.run(with(offers, "--strict"));
    assertEquals(1, strict.code(), strict.err());
    assertTrue(!strict.out().contains("stored"), strict.out());
    assertTrue(Typed.run(offers).out().contains("\"changed\":1"));
  }

  // What was imported here would be stored beside the documents that the tools read, and never
  // told.
  @ParameterizedTest
  @CsvSource({"folder, accounts", "s3, tickets"})
  void accounts_are_refused_where_the_tools_read_documents(String kept, String what)
      throws Exception {
    Path csv = Files.write(folder.resolve("accounts.csv"), List.of("id,name", "a,Acme"));
    Path data = folder.resolve("data");
    Program refused =
        Program.run(
            folder,
            Map.of(
                "QUIMBI_DOCUMENTS",
                kept,
                "QUIMBI_DOCUMENTS_FOLDER",
                folder.resolve("documents").toString(),
                "QUIMBI_S3_BUCKET",
                "accounts",
                "QUIMBI_DATA",
                data.toString()),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "import",
            what,
            csv.toString(),
            "--tenant",
            "shop");

    assertEquals(1, refused.code(), refused.said());
    assertTrue(refused.said().contains("QUIMBI_DOCUMENTS=" + kept), refused.said());
    assertTrue(refused.said().contains("/api/accounts"), refused.said());
    assertTrue(Files.notExists(data), "nothing was opened for it");
  }
}
