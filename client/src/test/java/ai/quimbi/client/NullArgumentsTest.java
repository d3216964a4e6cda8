package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Callers in Kotlin, Groovy or plain old Java have no null checker: whatever they leave out is
/// refused as an argument, by every method and by every value that methods take.
final class NullArgumentsTest {
  /// Right arguments, as far as their types tell; of words, one is right for each method.
  private static final List<String> WORDS =
      List.of("csv", "score", "L1", "churn", "growth", "sent", "accepted", "none", "open");

  private static final Map<Class<?>, Object> SOME =
      Map.ofEntries(
          Map.entry(int.class, 30),
          Map.entry(boolean.class, true),
          Map.entry(List.class, List.of()),
          Map.entry(Map.class, Map.of("a", "b")),
          Map.entry(Set.class, Set.of()),
          Map.entry(Optional.class, Optional.empty()),
          Map.entry(JsonNode.class, Json.object()),
          Map.entry(ArrayNode.class, Json.array().add(Json.object())),
          Map.entry(LocalDate.class, LocalDate.EPOCH),
          Map.entry(OffsetDateTime.class, OffsetDateTime.MIN),
          Map.entry(BigDecimal.class, BigDecimal.ONE),
          Map.entry(Duration.class, Duration.ofSeconds(1)),
          Map.entry(Clock.class, Clock.systemUTC()),
          Map.entry(Signature.class, Signature.V1),
          Map.entry(OutputStream.class, OutputStream.nullOutputStream()),
          Map.entry(Consumer.class, (Consumer<Object>) each -> {}),
          Map.entry(IngestOptions.class, IngestOptions.fresh()),
          Map.entry(QuimbiAdmin.NewKey.class, QuimbiAdmin.NewKey.live(Set.of("data:write"))));

  @Test
  void every_argument_that_is_null_is_refused_and_nothing_is_sent() throws Exception {
    try (FaultyServer server = new FaultyServer()) {
      Set<String> careless = new TreeSet<>();
      int tried = 0;
      for (Object taker : takers(server.url())) {
        for (Executable executable : executables(taker)) {
          for (int i = 0; i < executable.getParameterCount(); i++) {
            Parameter parameter = executable.getParameters()[i];
            if (parameter.getType().isPrimitive()
                || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
              continue;
            }
            tried++;
            for (String word : WORDS) {
              Throwable thrown = call(taker, executable, i, word);
              if (!(thrown instanceof InvalidArgumentException)) {
                careless.add(executable.toGenericString() + " [" + i + "] " + thrown);
              }
            }
          }
        }
      }
      assertEquals("", String.join("\n", careless));
      assertTrue(tried > 100, tried + " tried");
      assertEquals(List.of(), server.requests());
    }
  }

  /// The clients, their groups, their builders, and the values that callers make.
  private static List<Object> takers(String url) throws IOException {
    QuimbiClient quimbi = QuimbiClient.builder().baseUrl(url).apiKey("k").retries(0).build();
    List<Object> takers = new ArrayList<>(List.of(quimbi, QuimbiClient.builder()));
    takers.add(QuimbiAdmin.builder().baseUrl(url).apiKey("a").retries(0).build());
    takers.add(CopilotTools.builder().baseUrl(url).client("c", "s").retries(0).build());
    takers.add(CopilotTools.builder());
    takers.addAll(
        List.of(quimbi.accounts(), quimbi.behaviour(), quimbi.catalog(), quimbi.generation()));
    takers.addAll(List.of(quimbi.insights(), quimbi.jobs(), quimbi.segments()));
    takers.addAll(
        List.of(
            Order.class,
            Order.Item.class,
            Interaction.class,
            IngestOptions.class,
            Accounts.Account.class,
            Accounts.UsageDay.class,
            Accounts.Ticket.class,
            Accounts.HealthWeights.class,
            Catalog.Product.class,
            Catalog.Offer.class,
            Catalog.Policy.class,
            Catalog.Snippet.class,
            Generation.Play.class,
            QuimbiAdmin.NewTenant.class,
            QuimbiAdmin.NewKey.class,
            QuimbiAdmin.LanguageModel.class,
            QuimbiAdmin.Rate.class));
    return takers;
  }

  private static List<Executable> executables(Object taker) {
    if (taker instanceof Class<?> value) {
      return List.of(value.getConstructors());
    }
    return Arrays.stream(taker.getClass().getMethods())
        .filter(method -> method.getDeclaringClass().getPackageName().equals("ai.quimbi.client"))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
        .map(method -> (Executable) method)
        .toList();
  }

  private static @Nullable Throwable call(Object taker, Executable called, int nullAt, String word)
      throws IllegalAccessException, InstantiationException {
    @Nullable Object[] arguments = new @Nullable Object[called.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      Class<?> type = called.getParameterTypes()[i];
      if (i != nullAt) {
        arguments[i] = type == String.class ? word : SOME.get(type);
      }
    }
    try {
      if (called instanceof Method method) {
        method.invoke(taker, arguments);
      } else {
        ((Constructor<?>) called).newInstance(arguments);
      }
      return null;
    } catch (InvocationTargetException failed) {
      return failed.getCause();
    }
  }
}
