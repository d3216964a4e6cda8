package ai.quimbi.server.http;

import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what any exception means to the caller. What nobody knows is a 500: logged here with its
/// trace, and outward nothing but the request's id.
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final Function<Throwable, @Nullable ApiError> known;

  Refusals(Function<Throwable, @Nullable ApiError> known) {
    this.known = known;
  }

  ApiError of(Throwable thrown, String requestId) {
    return switch (thrown) {
      case ApiError error -> error;
      case HttpResponseException e ->
          ofStatus(e.getStatus(), e.getDetails().get("availableMethods"));
      case HttpException e -> ofStatus(e.getCode(), null);
      case EofException e -> ofTransport(e);
      default -> ofOthers(thrown, requestId);
    };
  }

  private ApiError ofOthers(Throwable thrown, String requestId) {
    ApiError error = known.apply(thrown);
    if (error == null) {
      LOG.error("request {} failed\n{}", requestId, Trace.of(thrown));
      return ApiError.of(
          ErrorCode.INTERNAL_ERROR,
          "Something went wrong on our side. Tell support the request_id.");
    }
    if (error.code().status() >= 500) {
      LOG.warn("request {} answered {}: {}", requestId, error.code(), Trace.summary(thrown));
    }
    return error;
  }

  /// What a failure while reading a body means.
  static ApiError ofTransport(IOException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof TimeoutException) {
        return ofStatus(408, null);
      }
      if (each instanceof HttpException http) {
        return ofStatus(http.getCode(), null);
      }
    }
    return ApiError.of(ErrorCode.BAD_REQUEST, "The request ended before its body was complete.");
  }

  /// What a status of the HTTP server itself means. Its own words are not passed on: they may
  /// repeat what was sent. A malformed request is the caller's fault, also where HTTP has a 5xx for
  /// it.
  static ApiError ofStatus(int status, @Nullable String allowedMethods) {
    return switch (status) {
      case 404 ->
          ApiError.of(
              ErrorCode.ENDPOINT_NOT_FOUND,
              "There is no such endpoint. /openapi.json lists all of them.");
      case 405 -> {
        ApiError error =
            ApiError.of(ErrorCode.METHOD_NOT_ALLOWED, "This endpoint does not have this method.");
        yield allowedMethods == null ? error : error.withHeader("Allow", allowedMethods);
      }
      case 408 -> ApiError.of(ErrorCode.REQUEST_TIMEOUT, "The request did not arrive in time.");
      case 413 -> ApiError.of(ErrorCode.PAYLOAD_TOO_LARGE, "The request is too large.");
      case 414 -> ApiError.of(ErrorCode.URI_TOO_LONG, "The address of the request is too long.");
      case 415 ->
          ApiError.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send JSON in UTF-8, plain or gzip.");
      case 431 ->
          ApiError.of(ErrorCode.HEADERS_TOO_LARGE, "The headers of the request are too large.");
      case 500 ->
          ApiError.of(
              ErrorCode.INTERNAL_ERROR,
              "Something went wrong on our side. Tell support the request_id.");
      case 503 ->
          ApiError.unavailable(
              "The server is stopping or overloaded. Try again soon.", Duration.ofSeconds(1));
      default -> ApiError.of(ErrorCode.BAD_REQUEST, "This is not a valid HTTP request.");
    };
  }
}
