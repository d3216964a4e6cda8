package ai.quimbi.server.http;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/// `%request` in the log's pattern: the id of the request that the line is about, if any.
public final class LogRequest extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return CurrentRequest.get().map(CurrentRequest::requestId).orElse("");
  }
}
