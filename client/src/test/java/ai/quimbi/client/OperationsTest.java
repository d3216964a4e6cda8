package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// No client may lack an operation of the contract. An operation has the same name in each of them
/// (Python's with underscores); where that name would read badly, the table says which it is.
final class OperationsTest {
  private static final Path CONTRACT = Path.of("../server/src/main/resources/openapi.yaml");
  private static final Pattern OPERATION = Pattern.compile("(?m)^ +operationId: (\\w+)$");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("analyze", "QuimbiClient.analyzeCustomer"),
          Map.entry("getCustomer", "QuimbiClient.customer"),
          Map.entry("createTenant", "QuimbiAdmin.createTenant"),
          Map.entry("listTenants", "QuimbiAdmin.tenants"),
          Map.entry("getTenant", "QuimbiAdmin.tenant"),
          Map.entry("deleteTenant", "QuimbiAdmin.deleteTenant"),
          Map.entry("createKey", "QuimbiAdmin.createKey"),
          Map.entry("listKeys", "QuimbiAdmin.keys"),
          Map.entry("revokeKey", "QuimbiAdmin.revokeKey"),
          Map.entry("putRates", "QuimbiAdmin.setRates"),
          Map.entry("getRates", "QuimbiAdmin.rates"),
          Map.entry("refit", "QuimbiAdmin.refit"),
          Map.entry("analyzeBatch", "Behaviour.analyzeBatch"),
          Map.entry("listArchetypes", "Behaviour.archetypes"),
          Map.entry("segmentStats", "Behaviour.segmentStats"),
          Map.entry("segmentationQuality", "Behaviour.quality"),
          Map.entry("similarCustomers", "Behaviour.similar"),
          Map.entry("customerHistory", "Behaviour.history"),
          Map.entry("recommendCampaign", "Behaviour.campaign"),
          Map.entry("putAccount", "Accounts.put"),
          Map.entry("getAccount", "Accounts.get"),
          Map.entry("deleteAccount", "Accounts.delete"),
          Map.entry("putUsage", "Accounts.putUsage"),
          Map.entry("putTickets", "Accounts.putTickets"),
          Map.entry("healthConfig", "Accounts.healthConfig"),
          Map.entry("putHealthConfig", "Accounts.putHealthConfig"),
          Map.entry("accountHealth", "Accounts.health"),
          Map.entry("healthBacktest", "Accounts.healthBacktest"),
          Map.entry("overview", "Insights.overview"),
          Map.entry("benchmarkLedger", "Insights.benchmarkLedger"),
          Map.entry("contribution", "Insights.contribution"),
          Map.entry("putContribution", "Insights.putContribution"),
          Map.entry("tenantContribution", "QuimbiAdmin.tenantContribution"),
          Map.entry("putTenantContribution", "QuimbiAdmin.setTenantContribution"),
          Map.entry("benchmarkRates", "QuimbiAdmin.benchmarkRates"),
          Map.entry("putBenchmarkRates", "QuimbiAdmin.setBenchmarkRates"),
          Map.entry("tenantJob", "QuimbiAdmin.tenantJob"),
          Map.entry("startExport", "Jobs.startExport"),
          Map.entry("exportJob", "Jobs.exportJob"),
          Map.entry("exportFile", "Jobs.exportFile"),
          Map.entry("startImport", "Jobs.startImport"),
          Map.entry("importJob", "Jobs.importJob"),
          Map.entry("startJob", "Jobs.start"),
          Map.entry("listSegments", "Segments.list"),
          Map.entry("putSegment", "Segments.put"),
          Map.entry("getSegment", "Segments.get"),
          Map.entry("deleteSegment", "Segments.delete"),
          Map.entry("revenueForecast", "Insights.revenueForecast"),
          Map.entry("modelReport", "Insights.modelReport"),
          Map.entry("scoringProgress", "Insights.scoringProgress"),
          Map.entry("archetypeMigration", "Behaviour.migration"),
          Map.entry("putCatalogProducts", "Catalog.putProducts"),
          Map.entry("listCatalogProducts", "Catalog.products"),
          Map.entry("putCatalogOffers", "Catalog.putOffers"),
          Map.entry("listCatalogOffers", "Catalog.offers"),
          Map.entry("putCatalogPolicies", "Catalog.putPolicies"),
          Map.entry("listCatalogPolicies", "Catalog.policies"),
          Map.entry("putCatalogSnippets", "Catalog.putSnippets"),
          Map.entry("listCatalogSnippets", "Catalog.snippets"),
          Map.entry("messageFeedback", "Generation.messageFeedback"),
          Map.entry("actionOutcome", "Generation.actionOutcome"),
          Map.entry("generationInsights", "Generation.insights"),
          Map.entry("playbook", "Generation.playbook"),
          Map.entry("putPlaybook", "Generation.putPlaybook"),
          Map.entry("putLanguageModel", "QuimbiAdmin.setLanguageModel"),
          Map.entry("languageModel", "QuimbiAdmin.languageModel"),
          Map.entry("deleteLanguageModel", "QuimbiAdmin.deleteLanguageModel"),
          Map.entry("planStream", "QuimbiClient.streamPlan"),
          Map.entry("planToken", "CopilotTools.planToken"),
          Map.entry("startTool", "CopilotTools.start"),
          Map.entry("toolStatus", "CopilotTools.status"),
          Map.entry("tools", "CopilotTools.tools"),
          Map.entry("callTool", "CopilotTools.call"));

  /// For whoever runs the server, or for browsers: probes, metrics, the contract itself, pages.
  private static final Set<String> NOT_FOR_CALLERS =
      Set.of(
          "live", "ready", "metrics", "contract", "docs", "docsFile", "docsErrors", "statusPage");

  private static final Map<String, String> TYPESCRIPT =
      Map.of(
          "QuimbiClient", "client.ts",
          "QuimbiAdmin", "admin.ts",
          "Behaviour", "behaviour.ts",
          "Catalog", "catalog.ts",
          "Generation", "generation.ts",
          "Insights", "insights.ts",
          "Jobs", "jobs.ts",
          "Segments", "segments.ts",
          "Accounts", "accounts.ts",
          "CopilotTools", "tools.ts");

  private static final Map<String, String> PYTHON =
      Map.of(
          "QuimbiClient", "client.py",
          "QuimbiAdmin", "admin.py",
          "Behaviour", "behaviour.py",
          "Catalog", "catalog.py",
          "Generation", "generation.py",
          "Insights", "insights.py",
          "Jobs", "jobs.py",
          "Segments", "segments.py",
          "Accounts", "accounts.py",
          "CopilotTools", "tools.py");

  private static List<String> operations() throws IOException {
    assumeTrue(Files.exists(CONTRACT), "no contract beside this module: " + CONTRACT);
    List<String> names =
        OPERATION
            .matcher(Files.readString(CONTRACT))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !NOT_FOR_CALLERS.contains(name))
            .map(name -> NAMES.getOrDefault(name, "QuimbiClient." + name))
            .toList();
    assertTrue(names.size() > 10, "the contract's operations were not found");
    return names;
  }

  @Test
  void the_java_client_has_every_operation() throws IOException {
    assertEquals(List.of(), missing(OperationsTest::isInJava));
  }

  @Test
  void the_typescript_client_has_every_operation() throws IOException {
    assertEquals(
        List.of(),
        missing(
            (type, method) ->
                Files.readString(Path.of("../sdk/typescript/src", file(TYPESCRIPT, type)))
                    .matches("(?s).*\n  (async )?" + method + "[(<].*")));
  }

  @Test
  void the_python_client_has_every_operation() throws IOException {
    assertEquals(
        List.of(),
        missing(
            (type, method) ->
                Files.readString(Path.of("../sdk/python/quimbi_client", file(PYTHON, type)))
                    .contains("def " + underscored(method) + "(")));
  }

  /// Whether a client has the method of a type.
  private interface Lookup {
    boolean has(String type, String method) throws IOException;
  }

  private static List<String> missing(Lookup client) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String name : operations()) {
      int dot = name.indexOf('.');
      if (!client.has(name.substring(0, dot), name.substring(dot + 1))) {
        missing.add(name);
      }
    }
    return missing;
  }

  private static boolean isInJava(String type, String method) {
    try {
      return Arrays.stream(Class.forName("ai.quimbi.client." + type).getMethods())
          .anyMatch(found -> found.getName().equals(method));
    } catch (ClassNotFoundException absent) {
      throw new IllegalStateException("no class " + type, absent);
    }
  }

  private static String file(Map<String, String> files, String type) {
    return files.getOrDefault(type, "no file for " + type);
  }

  private static String underscored(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
