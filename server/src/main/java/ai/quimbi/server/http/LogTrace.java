package ai.quimbi.server.http;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;

/// `%trace` in the log's pattern: an exception by [Trace], whoever logged it.
public final class LogTrace extends ThrowableHandlingConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return event.getThrowableProxy() instanceof ThrowableProxy proxy
        ? Trace.of(proxy.getThrowable())
        : "";
  }
}
