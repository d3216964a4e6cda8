package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Remembers answers about a customer until they are old, or until data about that customer is
/// sent. An answer that was under way while data was sent is handed over but not remembered: nobody
/// knows which of the two the server saw first.
final class AnswerCache {
  /// The document's advice: intelligence 5 to 15 minutes, predictions one hour.
  static final Duration ANALYSIS = Duration.ofMinutes(15);

  static final Duration PREDICTION = Duration.ofHours(1);

  private static final int MOST_CUSTOMERS = 10_000;

  /// A tree of its own: callers get copies, so that what they change stays theirs.
  private record Remembered(JsonNode answer, long expiresNanos) {}

  private final LongSupplier nanoTime;
  private long invalidations;
  private final LinkedHashMap<String, Map<String, Remembered>> byCustomer =
      new LinkedHashMap<>(16, 0.75f, true);

  AnswerCache(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  JsonNode get(String customerId, String question, Duration ttl, Supplier<JsonNode> ask) {
    long seen;
    synchronized (this) {
      Map<String, Remembered> answers = byCustomer.get(customerId);
      Remembered known = answers == null ? null : answers.get(question);
      if (known != null && known.expiresNanos() - nanoTime.getAsLong() > 0) {
        return known.answer().deepCopy();
      }
      seen = invalidations;
    }
    JsonNode answer = ask.get();
    synchronized (this) {
      if (seen == invalidations) {
        byCustomer
            .computeIfAbsent(customerId, id -> new HashMap<>())
            .put(question, new Remembered(answer.deepCopy(), nanoTime.getAsLong() + ttl.toNanos()));
        shrink();
      }
    }
    return answer;
  }

  synchronized void forget(Collection<String> customerIds) {
    invalidations++;
    customerIds.forEach(byCustomer::remove);
  }

  synchronized void forgetAll() {
    invalidations++;
    byCustomer.clear();
  }

  private void shrink() {
    Iterator<String> eldest = byCustomer.keySet().iterator();
    while (byCustomer.size() > MOST_CUSTOMERS) {
      eldest.next();
      eldest.remove();
    }
  }
}
