package ai.quimbi.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// A rule that nothing can break protects nothing: each is shown a fixture that breaks it.
class ArchitectureRulesBiteTest {
  private static final JavaClasses FAULTS =
      new ClassFileImporter().importPackages("ai.quimbi.fixture");

  private static void bites(ArchRule rule, String culprit) {
    String report = rule.evaluate(FAULTS).getFailureReport().toString();
    assertTrue(report.contains(culprit), () -> "not caught: " + culprit + "\n" + report);
  }

  @Test
  void a_clock_in_the_core_is_caught() {
    bites(HouseRules.THE_CORE_NEVER_ASKS_THE_CLOCK_OR_CHANCE, "AsksTheClock");
    bites(HouseRules.THE_CORE_NEVER_ASKS_THE_CLOCK_OR_CHANCE, "AsksChance");
  }

  @Test
  void a_file_in_the_core_is_caught() {
    bites(HouseRules.THE_CORE_DOES_NO_IO, "ReadsAFile");
  }

  @Test
  void a_core_that_knows_the_shell_is_caught() {
    bites(HouseRules.THE_CORE_KNOWS_NO_SHELL, "KnowsTheShell");
  }

  @Test
  void sql_outside_store_is_caught() {
    bites(HouseRules.SQL_LIVES_IN_STORE, "SpeaksSql");
  }

  @Test
  void a_store_method_without_tenant_is_caught() {
    bites(HouseRules.EVERY_STORE_METHOD_TAKES_THE_TENANT_FIRST, "Orders.all()");
  }

  @Test
  void a_stated_exception_is_let_through() {
    String report =
        HouseRules.EVERY_STORE_METHOD_TAKES_THE_TENANT_FIRST
            .evaluate(FAULTS)
            .getFailureReport()
            .toString();
    assertFalse(report.contains("allTenants"), report);
  }

  @Test
  void a_vague_name_is_caught() {
    bites(HouseRules.NAMES_SAY_SOMETHING, "OrderManager");
  }

  @Test
  void cycles_are_caught() {
    bites(HouseRules.NO_CYCLES_IN_THE_CORE, "customer");
    bites(HouseRules.NO_CYCLES_IN_THE_SERVER, "http");
  }

  @Test
  void a_wrong_direction_is_caught() {
    assertTrue(
        HouseRules.directions().stream()
            .anyMatch(
                rule -> rule.evaluate(FAULTS).getFailureReport().toString().contains("UsesApi")));
    assertTrue(
        HouseRules.directions().stream()
            .anyMatch(
                rule ->
                    rule.evaluate(FAULTS)
                        .getFailureReport()
                        .toString()
                        .contains("KnowsCustomers")));
  }
}
