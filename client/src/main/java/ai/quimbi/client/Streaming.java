package ai.quimbi.client;

import ai.quimbi.client.Handover.SilenceException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/// Reads an answer piece by piece, never retried. The timeout is for each wait: until the answer
/// begins, then until the next piece.
final class Streaming {
  private final HttpClient http;
  private final Duration timeout;
  private final List<String> mediaTypes;

  /// `mediaTypes` are what the answer may be, with commas between them.
  Streaming(HttpClient http, Duration timeout, String mediaTypes) {
    this.http = http;
    this.timeout = timeout;
    this.mediaTypes = List.of(mediaTypes.split(", ", -1));
  }

  /// Where the pieces come from.
  interface Pieces<T> {
    Optional<T> next(Duration patience) throws InterruptedException, SilenceException;
  }

  void events(String name, HttpRequest request, Consumer<ServerEvent> each) {
    Handover<String> lines = new Handover<>();
    read(name, request, inLines(lines), lines, new Events(lines), each);
  }

  void lines(String name, HttpRequest request, Consumer<String> each) {
    Handover<String> lines = new Handover<>();
    read(name, request, inLines(lines), lines, lines::next, each);
  }

  void bytes(String name, HttpRequest request, Consumer<List<ByteBuffer>> each) {
    Handover<List<ByteBuffer>> pieces = new Handover<>();
    HttpResponse.BodySubscriber<byte[]> body = BodySubscribers.fromSubscriber(pieces, all -> NONE);
    read(name, request, body, pieces, pieces::next, each);
  }

  private static final byte[] NONE = {};

  private static HttpResponse.BodySubscriber<byte[]> inLines(Flow.Subscriber<String> lines) {
    return BodySubscribers.fromLineSubscriber(lines, all -> NONE, StandardCharsets.UTF_8, null);
  }

  private <T> void read(
      String name,
      HttpRequest request,
      HttpResponse.BodySubscriber<byte[]> body,
      Handover<?> handover,
      Pieces<T> pieces,
      Consumer<T> each) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            head ->
                isPromised(head.statusCode(), head.headers())
                    ? body
                    : new TimedBody(timeout.toNanos()));
    CompletableFuture<?> ended =
        answer.whenComplete(
            (response, failure) -> {
              if (failure != null || !isPromised(response.statusCode(), response.headers())) {
                handover.end();
              }
            });
    try {
      Optional<T> piece = pieces.next(timeout);
      while (piece.isPresent()) {
        each.accept(piece.get());
        piece = pieces.next(timeout);
      }
      HttpResponse<byte[]> response = answer.get();
      if (!isPromised(response.statusCode(), response.headers())) {
        Json.answer(response);
        throw new BadAnswerException(
            200, "the answer is not " + String.join(" or ", mediaTypes), null);
      }
    } catch (SilenceException silence) {
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

  private boolean isPromised(int status, HttpHeaders headers) {
    return status == 200
        && headers
            .firstValue("Content-Type")
            .filter(type -> mediaTypes.contains(type.replaceFirst("\\s*;.*", "")))
            .isPresent();
  }
}
