package ai.quimbi.server.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The HTTP client under LangChain4j's adapters: it keeps the current exchange's deadline over the
/// whole response, body included, reads at most one mebibyte and follows no redirects.
final class BoundedHttp implements HttpClient {

  /// A message has at most 300 words; a longer body is no answer.
  static final int MAX_BODY_BYTES = 1 << 20;

  private final java.net.http.HttpClient client;

  BoundedHttp(java.net.http.HttpClient client) {
    this.client = client;
  }

  /// LangChain4j wants a builder; its timeouts are not ours.
  HttpClientBuilder asBuilder() {
    return new HttpClientBuilder() {
      private Duration connect = Duration.ofSeconds(5);
      private Duration read = Duration.ofSeconds(60);

      @Override
      public Duration connectTimeout() {
        return connect;
      }

      @Override
      public HttpClientBuilder connectTimeout(Duration timeout) {
        connect = timeout;
        return this;
      }

      @Override
      public Duration readTimeout() {
        return read;
      }

      @Override
      public HttpClientBuilder readTimeout(Duration timeout) {
        read = timeout;
        return this;
      }

      @Override
      public HttpClient build() {
        return BoundedHttp.this;
      }
    };
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Exchange exchange = Exchange.CURRENT.get();
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    String body = request.body();
    builder.method(
        request.method().name(),
        body == null
            ? java.net.http.HttpRequest.BodyPublishers.noBody()
            : java.net.http.HttpRequest.BodyPublishers.ofString(body));
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            builder.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BODY_BYTES));
    try {
      HttpResponse<String> response =
          sent.get(exchange.deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      exchange.answered(
          response.statusCode(),
          retryAfter(response.headers().firstValue("Retry-After").orElse(null)));
      if (response.statusCode() / 100 != 2) {
        // The body may quote what we sent: only the status goes on.
        throw new HttpException(response.statusCode(), "status " + response.statusCode());
      }
      return SuccessfulHttpResponse.builder()
          .statusCode(response.statusCode())
          .headers(response.headers().map())
          .body(response.body())
          .build();
    } catch (java.util.concurrent.TimeoutException late) {
      throw new TimeoutException("no whole answer within the deadline", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted while waiting for the provider", interrupted);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause != null && String.valueOf(cause.getMessage()).contains("capacity")) {
        exchange.tooLarge();
      }
      throw new UncheckedIOException(
          cause instanceof IOException io ? io : new IOException("the request failed", failed));
    } finally {
      // Ends a connection that is still sending; after a complete answer it does nothing.
      sent.cancel(true);
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("texts are checked as a whole before they are sent on");
  }

  /// `Retry-After` as seconds or as a date; `null` where it is neither.
  static @Nullable Duration retryAfter(@Nullable String header) {
    if (header == null) {
      return null;
    }
    try {
      String text = header.strip();
      Duration wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  Instant.now(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException _) {
      return null;
    }
  }
}
