package ai.quimbi.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// Reads an answer of server-sent events, never retried. The timeout is for each wait: until the
/// answer begins, then until the next line.
final class Streaming {
  private final HttpClient http;
  private final Duration timeout;

  Streaming(HttpClient http, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
  }

  void read(String name, HttpRequest request, Consumer<ServerEvent> each) {
    EventLines lines = new EventLines();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            head ->
                isStream(head)
                    ? BodySubscribers.fromLineSubscriber(
                        lines, all -> new byte[0], StandardCharsets.UTF_8, null)
                    : new TimedBody(timeout.toNanos()));
    CompletableFuture<?> ended = answer.whenComplete((response, failure) -> lines.end());
    try {
      Optional<ServerEvent> event = lines.next(timeout);
      while (event.isPresent()) {
        each.accept(event.get());
        event = lines.next(timeout);
      }
      HttpResponse<byte[]> response = answer.get();
      if (response.body().length > 0 || response.statusCode() != 200) {
        Json.answer(response);
        throw new BadAnswerException(200, "the answer is not a stream of events", null);
      }
    } catch (EventLines.SilenceException silence) {
      throw new DeadlineException(name, timeout);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TransportException(name + ": interrupted while waiting", stopped);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw Connection.failure(name, timeout, cause);
    } finally {
      // Ends the exchange where it still runs: after silence, or when the caller's code threw.
      ended.cancel(true);
      answer.cancel(true);
    }
  }

  private static boolean isStream(HttpResponse.ResponseInfo head) {
    return head.statusCode() == 200
        && head.headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("text/event-stream"))
            .isPresent();
  }
}
