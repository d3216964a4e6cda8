package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Customers.Look;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.Function;

/// Answers about customers of whom nothing has changed since they were given. An answer is a
/// function of the profile, the models, the tenant and the day; the first is asked of the database
/// each time, by its digest, and the others are part of the question. So what is given again is
/// what would be worked out again, byte for byte.
final class KeptAnswers {
  /// What one entry costs beside the answer's own bytes.
  private static final int ENTRY_BYTES = 400;

  private final Subjects subjects;
  private final Customers customers;
  private final long bytes;
  private final Cache<Question, Kept> kept;

  private record Question(
      String kind, Tenant tenant, String customerId, String models, int today) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(byte[] digest, byte[] answer) {}

  /// `bytes` bounds the memory for answers; with 0 each is worked out anew.
  KeptAnswers(Subjects subjects, Customers customers, long bytes) {
    this.subjects = subjects;
    this.customers = customers;
    this.bytes = bytes;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Question _, Kept it) -> ENTRY_BYTES + it.answer().length)
            .build();
  }

  /// The answer to the call as JSON. `kind` names what `working` works out. Throws 404 where
  /// nothing is known of the customer.
  byte[] of(Call call, String kind, Function<Subject, Object> working) {
    Optional<Subjects.Plain> plain = subjects.plain(call);
    return plain.isPresent() ? of(plain.get(), kind, working) : anew(call, working);
  }

  /// The same for what depends on more than the customer: never kept.
  byte[] anew(Call call, Function<Subject, Object> working) {
    return Wire.bytes(working.apply(subjects.of(call)));
  }

  private byte[] of(Subjects.Plain asked, String kind, Function<Subject, Object> working) {
    String id = asked.customerId();
    Question question =
        new Question(kind, asked.tenant(), id, asked.models().version(), asked.today());
    Kept before = kept.getIfPresent(question);
    byte[] digest = before == null ? Customers.NO_DIGEST : before.digest();
    return switch (customers.look(asked.tenant(), id, digest)) {
      case Look.Nobody _ -> throw Subjects.notFound(id);
      case Look.Same _ when before != null -> before.answer();
      case Look.Same _ -> throw new IllegalStateException("no profile has an empty digest");
      case Look.Other other -> {
        byte[] answer = Wire.bytes(working.apply(asked.with(other.profile())));
        if (other.digest().length > 0 && bytes > 0) {
          kept.put(question, new Kept(other.digest(), answer));
        }
        yield answer;
      }
    };
  }
}
