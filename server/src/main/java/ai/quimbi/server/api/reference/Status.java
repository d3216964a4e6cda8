package ai.quimbi.server.api.reference;

import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.store.Overloaded;
import ai.quimbi.server.store.Unavailable;
import ai.quimbi.server.store.Vitals;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the server is, without a word about any tenant. Asked by strangers: what it tells is looked
/// up once in a few seconds, however often it is asked.
public final class Status {
  /// Jobs that wait longer than this say that the workers do not keep up.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Supplier<Vitals.Reading> vitals;
  private final ModelShelf shelf;
  private final Versions versions;
  private final boolean hasLanguageModel;
  private final Instant startedAt;
  private @Nullable Snapshot last;

  /// `vitals` throws [Unavailable] where the database does not answer.
  public Status(
      Supplier<Vitals.Reading> vitals,
      ModelShelf shelf,
      Contract contract,
      boolean hasLanguageModel,
      Instant startedAt) {
    this.vitals = vitals;
    this.shelf = shelf;
    this.versions =
        new Versions(
            serverVersion(),
            contract.apiVersion(),
            contract.document().at("/info/version").asText());
    this.hasLanguageModel = hasLanguageModel;
    this.startedAt = startedAt;
  }

  /// One part of the server. `status` is `operational`, `degraded`, `down`, `unknown`, or for what
  /// need not be there `configured` and `not_configured`.
  record Component(String name, String status, @Nullable String version) {}

  record Versions(String server, String api, String contract) {}

  /// The models that answered since the start, by when they were fitted; the ages are absent where
  /// none was.
  record Models(
      int inUse,
      int fitted,
      @JsonProperty("newest_age_seconds") @Nullable Long newest,
      @JsonProperty("oldest_age_seconds") @Nullable Long oldest) {}

  record Jobs(long queued, long running, long longestWaitSeconds) {}

  record Snapshot(
      String status,
      Instant checkedAt,
      long uptimeSeconds,
      List<Component> components,
      Versions versions,
      Models models,
      @Nullable Jobs jobs) {}

  synchronized Snapshot now(Instant now) {
    if (last == null || Duration.between(last.checkedAt(), now).abs().compareTo(FRESH) >= 0) {
      last = taken(now.truncatedTo(ChronoUnit.SECONDS));
    }
    return last;
  }

  /// What a look at the database came to; nothing was read where it is not operational.
  private record Look(String database, Vitals.@Nullable Reading reading) {}

  private Look look() {
    try {
      return new Look("operational", vitals.get());
    } catch (Overloaded busy) {
      return new Look("degraded", null);
    } catch (Unavailable gone) {
      return new Look("down", null);
    }
  }

  private Snapshot taken(Instant now) {
    Look look = look();
    Vitals.Reading reading = look.reading();
    boolean isSlow = reading != null && reading.longestWait().compareTo(PATIENCE) > 0;
    String jobs = reading == null ? "unknown" : isSlow ? "degraded" : "operational";
    List<Component> components =
        List.of(
            new Component("api", "operational", null),
            new Component(
                "database", look.database(), reading == null ? null : reading.databaseVersion()),
            new Component("jobs", jobs, null),
            new Component(
                "language_model", hasLanguageModel ? "configured" : "not_configured", null));
    return new Snapshot(
        isSlow ? "degraded" : look.database(),
        now,
        Duration.between(startedAt, now).toSeconds(),
        components,
        versions,
        models(now),
        reading == null
            ? null
            : new Jobs(reading.queued(), reading.running(), reading.longestWait().toSeconds()));
  }

  private Models models(Instant now) {
    List<Instant> fitted = shelf.fitsInUse();
    return new Models(
        shelf.inUse(),
        fitted.size(),
        fitted.stream().max(Instant::compareTo).map(at -> age(at, now)).orElse(null),
        fitted.stream().min(Instant::compareTo).map(at -> age(at, now)).orElse(null));
  }

  private static long age(Instant at, Instant now) {
    return Math.max(0, Duration.between(at, now).toSeconds());
  }

  /// What the build wrote down; a class path without a build has none.
  static String serverVersion() {
    try (InputStream in = Status.class.getResourceAsStream("/version.txt")) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return text.isEmpty() || text.startsWith("$") ? "development" : text;
    } catch (IOException e) {
      throw new UncheckedIOException("reading version.txt", e);
    }
  }
}
