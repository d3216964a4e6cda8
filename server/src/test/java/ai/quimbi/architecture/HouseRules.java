package ai.quimbi.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The architecture as rules. Package names are matched by their end, so that the fixture under
/// `ai.quimbi.fixture` can break each rule on purpose.
final class HouseRules {
  private HouseRules() {}

  /// What each package of the server may use beside the core and itself.
  private static final Map<String, Set<String>> SERVER_MAY_USE =
      Map.of(
          "store", Set.of(),
          "http", Set.of(),
          "llm", Set.of(),
          "jobs", Set.of("store"),
          "api", Set.of("http", "store", "jobs", "llm"),
          "mcp", Set.of("api", "http"),
          "console", Set.of("api", "http"),
          "app", Set.of("api", "http", "store", "jobs", "llm", "mcp", "console"));

  /// What each package of the core may use beside itself; `stats` knows no other package.
  private static final Map<String, Set<String>> CORE_MAY_USE =
      Map.of(
          "stats", Set.of(),
          "access", Set.of(),
          "customer", Set.of("stats"),
          "forecast", Set.of("customer", "stats"),
          "behaviour", Set.of("customer", "stats"),
          "generation", Set.of("behaviour", "forecast", "customer", "stats"),
          "copilot", Set.of("generation", "behaviour", "forecast", "customer", "stats"),
          "benchmark", Set.of("stats"));

  private static final Set<String> CLOCK_AND_CHANCE =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.security.SecureRandom.<init>");

  private static final Pattern VAGUE =
      Pattern.compile(".*(Manager|Impl|Helper|Utils?|DTO|Dto|Processor)|Abstract.*|Base[A-Z].*");

  static final ArchRule THE_CORE_NEVER_ASKS_THE_CLOCK_OR_CHANCE =
      noClasses()
          .that()
          .resideInAPackage("..core..")
          .should()
          .callCodeUnitWhere(
              asTarget(
                  "asks the clock or chance",
                  target ->
                      CLOCK_AND_CHANCE.contains(
                              target.getOwner().getName() + "." + target.getName())
                          || (target.getOwner().getName().equals("java.util.Random")
                              && target.getName().equals("<init>")
                              && target.getRawParameterTypes().isEmpty())))
          .because("the same input and model version must give the same bytes");

  static final ArchRule THE_CORE_DOES_NO_IO =
      noClasses()
          .that()
          .resideInAPackage("..core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.nio.file..", "java.net..", "java.sql..", "com.fasterxml..", "org.slf4j..")
          .because("the core is values in, values out");

  static final ArchRule SQL_LIVES_IN_STORE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..server.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "org.jdbi..", "com.zaxxer..", "org.postgresql..", "org.flywaydb..")
          .because("one package knows the database");

  static final ArchRule EVERY_STORE_METHOD_TAKES_THE_TENANT_FIRST =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(touchTheDatabase())
          .should(takeTheTenantFirst())
          .because("a query without a tenant is how one tenant sees another");

  static final ArchRule NAMES_SAY_SOMETHING =
      classes()
          .should(
              new ArchCondition<>("not have a vague name") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  if (VAGUE.matcher(item.getSimpleName()).matches()) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is vague"));
                  }
                }
              })
          .because("names are the field's words");

  static final ArchRule NO_CYCLES_IN_THE_CORE =
      slices().matching("..core.(*)..").should().beFreeOfCycles();

  static final ArchRule NO_CYCLES_IN_THE_SERVER =
      slices().matching("..server.(*)..").should().beFreeOfCycles();

  static final ArchRule THE_CORE_KNOWS_NO_SHELL =
      noClasses()
          .that()
          .resideInAPackage("..core..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..server..");

  /// One rule a package: it uses only what its row allows.
  static List<ArchRule> directions() {
    return java.util.stream.Stream.concat(
            SERVER_MAY_USE.entrySet().stream().map(row -> direction("server", row)),
            CORE_MAY_USE.entrySet().stream().map(row -> direction("core", row)))
        .toList();
  }

  private static ArchRule direction(String side, Map.Entry<String, Set<String>> row) {
    Map<String, Set<String>> all = side.equals("core") ? CORE_MAY_USE : SERVER_MAY_USE;
    String[] forbidden =
        all.keySet().stream()
            .filter(other -> !other.equals(row.getKey()) && !row.getValue().contains(other))
            .sorted()
            .map(other -> ".." + side + "." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(".." + side + "." + row.getKey() + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .as(side + "." + row.getKey() + " uses none of " + Arrays.toString(forbidden))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> touchTheDatabase() {
    return new DescribedPredicate<>("classes of server.store that reach a tenant's database") {
      @Override
      public boolean test(JavaClass type) {
        return type.getPackageName().contains(".server.store")
            && type.getModifiers().contains(JavaModifier.PUBLIC)
            && !type.isRecord()
            && !type.isEnum()
            && type.getDirectDependenciesFromSelf().stream()
                .anyMatch(
                    dependency ->
                        dependency.getTargetClass().getSimpleName().equals("Databases")
                            || dependency.getTargetClass().getName().startsWith("org.jdbi."));
      }
    };
  }

  private static ArchCondition<JavaMethod> takeTheTenantFirst() {
    return new ArchCondition<>("take the tenant first, or say @AcrossTenants why not") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean says =
            method.getAnnotations().stream()
                    .anyMatch(a -> a.getRawType().getSimpleName().equals("AcrossTenants"))
                || method.getOwner().getAnnotations().stream()
                    .anyMatch(a -> a.getRawType().getSimpleName().equals("AcrossTenants"));
        if (says || method.getModifiers().contains(JavaModifier.SYNTHETIC)) {
          return;
        }
        List<JavaClass> parameters = method.getRawParameterTypes();
        boolean first =
            !parameters.isEmpty()
                && (parameters.getFirst().getSimpleName().equals("Tenant")
                    || parameters.getFirst().isEquivalentTo(String.class));
        if (!first) {
          events.add(
              SimpleConditionEvent.violated(
                  method, method.getFullName() + " does not take the tenant first"));
        }
      }
    };
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaCall<?>> asTarget(
      String description, java.util.function.Predicate<CodeUnitCallTarget> test) {
    return new DescribedPredicate<>(description) {
      @Override
      public boolean test(com.tngtech.archunit.core.domain.JavaCall<?> call) {
        return test.test(call.getTarget());
      }
    };
  }
}
