package ai.quimbi.server.api;

import ai.quimbi.core.customer.History;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// From when a question looks: the `day` it is asked of, and by when things must have been told;
/// `knownAt` is `null` where everything told so far counts.
record AsOf(int day, boolean isOfAnotherDay, @Nullable Instant knownAt) {

  /// The members `as_of` (a date) and `known_at` (a time) of a request.
  static AsOf read(Call call, Ledger ledger) {
    int today = ledger.dayOf(call.receivedAt());
    JsonNode asOf = call.body().path("as_of");
    JsonNode knownAt = call.body().path("known_at");
    Instant known = null;
    if (knownAt.isTextual()) {
      // The contract's schema has seen to the form.
      known = OffsetDateTime.parse(knownAt.textValue()).toInstant();
      if (known.isAfter(call.receivedAt())) {
        throw ApiError.invalid("/known_at", "future", "known_at must not be in the future.");
      }
    }
    if (!asOf.isTextual()) {
      return new AsOf(today, false, known);
    }
    long day = LocalDate.parse(asOf.textValue()).toEpochDay();
    if (day > today) {
      throw ApiError.invalid("/as_of", "future", "as_of must not be later than today.");
    }
    return new AsOf(Math.toIntExact(day), day != today, known);
  }

  boolean isNow() {
    return !isOfAnotherDay && knownAt == null;
  }

  /// The last moment of the day in the tenant's zone.
  static Instant endOf(int day, Ledger ledger) {
    return LocalDate.ofEpochDay(day)
        .plusDays(1)
        .atStartOfDay(ledger.zone())
        .toInstant()
        .minusNanos(1);
  }

  static History until(History history, int day, Ledger ledger) {
    return history.until(endOf(day, ledger));
  }
}
