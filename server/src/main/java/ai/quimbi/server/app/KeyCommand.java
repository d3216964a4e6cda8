package ai.quimbi.server.app;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.server.store.Keys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./quimbi key add|list|revoke`.
@Command(
    name = "key",
    description = "Add, list or revoke API keys.",
    mixinStandardHelpOptions = true,
    subcommands = {KeyCommand.Add.class, KeyCommand.All.class, KeyCommand.Revoke.class})
final class KeyCommand {

  @Command(
      name = "add",
      description = "Make a key; it is shown once.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Option(names = "--tenant", description = "Whose key it is.")
    private @Nullable String tenant;

    @Option(names = "--admin", description = "An administrator's key: it belongs to no tenant.")
    private boolean admin;

    @Option(
        names = "--scopes",
        split = ",",
        paramLabel = "SCOPE",
        description = "Comma-separated; all where not given.")
    private List<String> scopes = Arrays.stream(Scope.values()).map(Scope::label).toList();

    @Option(names = "--test", description = "A key for tests: qk_test_...")
    private boolean test;

    @Option(names = "--per-minute", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}")
    private int perMinute = 100;

    @Option(names = "--per-hour", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
    private int perHour = 1000;

    @Option(names = "--expires-at", description = "ISO 8601 with an offset.")
    private @Nullable String expiresAt;

    @Option(names = "--label", description = "Two keys of one label may live, for rotation.")
    private String label = "";

    @Override
    public Integer call() {
      if (admin == (tenant != null)) {
        throw new CommandFault("Say whose key it is: --tenant ID, or --admin.");
      }
      Quota quota = new Quota(perMinute, perHour);
      Instant end = expiresAt == null ? null : OffsetDateTime.parse(expiresAt).toInstant();
      Instant now = InstantSource.system().instant();
      try (Installation installation = where.open("key add")) {
        Keys keys = installation.databases().keys();
        Keys.Addition addition =
            tenant == null
                ? keys.addAdmin(label, quota, end, now)
                : keys.add(
                    tenant,
                    new Keys.Wish(label, scopes(), test ? Mode.TEST : Mode.LIVE, quota, end),
                    now);
        return switch (addition) {
          case Keys.Addition.Added added -> {
            terminal.answer(
                Map.of("key", added.secret(), "key_id", added.key().keyId()),
                added.secret() + "\n(" + added.key().keyId() + "; the key is not shown again)");
            yield 0;
          }
          case Keys.Addition.TwoAreLive two ->
              throw new CommandFault(
                  "Two keys labelled %s are live. Revoke one first: ./quimbi key revoke %s"
                      .formatted(two.label(), two.keyIds().getFirst()));
          case Keys.Addition.TenantUnknown unknown ->
              throw new CommandFault(
                  "There is no tenant %s. Make it: ./quimbi tenant add %s"
                      .formatted(unknown.tenantId(), unknown.tenantId()));
        };
      }
    }

    private Set<Scope> scopes() {
      return scopes.stream()
          .map(
              asked ->
                  Scope.ofLabel(asked.strip())
                      .orElseThrow(
                          () ->
                              new CommandFault(asked + " is no scope. There are: " + allScopes())))
          .collect(Collectors.toSet());
    }

    private static String allScopes() {
      return Arrays.stream(Scope.values()).map(Scope::label).collect(Collectors.joining(", "));
    }
  }

  @Command(
      name = "list",
      description = "List keys without their secrets.",
      mixinStandardHelpOptions = true)
  static final class All implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Option(names = "--tenant", description = "Whose; the administrators' where not given.")
    private @Nullable String tenant;

    @Override
    public Integer call() {
      try (Installation installation = where.open("key list")) {
        Keys keys = installation.databases().keys();
        List<Keys.Listed> listed = tenant == null ? keys.ofAdministrators() : keys.of(tenant);
        String text =
            listed.stream()
                .map(
                    key ->
                        "%-24s %-24s %s"
                            .formatted(
                                key.key().keyId(),
                                key.label(),
                                key.revokedAt() == null ? "live" : "revoked"))
                .collect(Collectors.joining("\n"));
        terminal.answer(
            listed.stream().map(KeyCommand::shown).toList(),
            listed.isEmpty() ? "No keys yet. Make one: ./quimbi key add" : text);
        return 0;
      }
    }
  }

  @Command(
      name = "revoke",
      description = "Revoke a key; it stops within a second on every server.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Parameters(paramLabel = "KEY_ID")
    private String keyId;

    @Override
    public Integer call() {
      try (Installation installation = where.open("key revoke")) {
        if (!installation.databases().keys().revoke(keyId, InstantSource.system().instant())) {
          throw new CommandFault("There is no live key " + keyId + ".");
        }
        terminal.answer(Map.of("deleted", true), "Revoked " + keyId + ".");
        return 0;
      }
    }
  }

  private static Map<String, Object> shown(Keys.Listed listed) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("key_id", listed.key().keyId());
    shown.put("label", listed.label());
    shown.put("created_at", listed.createdAt());
    if (listed.revokedAt() != null) {
      shown.put("revoked_at", listed.revokedAt());
    }
    return shown;
  }
}
