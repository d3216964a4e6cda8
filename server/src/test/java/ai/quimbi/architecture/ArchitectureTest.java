package ai.quimbi.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The code obeys the rules of the house.
class ArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ai.quimbi.core", "ai.quimbi.server");

  @Test
  void packages_use_only_what_their_row_allows() {
    assertAll(HouseRules.directions().stream().map(rule -> () -> rule.check(CODE)));
  }

  @Test
  void there_are_no_cycles() {
    HouseRules.NO_CYCLES_IN_THE_CORE.check(CODE);
    HouseRules.NO_CYCLES_IN_THE_SERVER.check(CODE);
  }

  @Test
  void the_core_is_pure() {
    HouseRules.THE_CORE_NEVER_ASKS_THE_CLOCK_OR_CHANCE.check(CODE);
    HouseRules.THE_CORE_DOES_NO_IO.check(CODE);
    HouseRules.THE_CORE_KNOWS_NO_SHELL.check(CODE);
  }

  @Test
  void sql_lives_in_store_and_takes_the_tenant_first() {
    HouseRules.SQL_LIVES_IN_STORE.check(CODE);
    HouseRules.EVERY_STORE_METHOD_TAKES_THE_TENANT_FIRST.check(CODE);
  }

  @Test
  void names_say_something() {
    HouseRules.NAMES_SAY_SOMETHING.check(CODE);
  }

  @Test
  void every_package_is_null_marked() {
    List<String> unmarked =
        CODE.getDefaultPackage().getSubpackagesInTree().stream()
            .filter(p -> p.getName().startsWith("ai.quimbi.") && !p.getClasses().isEmpty())
            .filter(p -> p.getPackageInfo() == null || !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertEquals(List.of(), unmarked);
  }
}
