package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/// Logs say what happened and to which request, and nothing that a customer or a key would mind.
class LogsTest {
  private static final String NAME = "jane@example.com";

  @Test
  void people_get_a_line_and_a_trace_without_messages() throws Exception {
    String text = logged("human");
    assertTrue(
        text.matches("(?s)\\d\\d:\\d\\d:\\d\\d WARN  Test: it failed \\[req_1234]\\R.*"), text);
    assertTrue(
        text.contains("java.lang.IllegalStateException\n    at ai.quimbi.server.http.LogsTest"));
    assertTrue(text.contains("caused by java.sql.SQLException"), text);
    assertFalse(text.contains(NAME), text);
  }

  @Test
  void machines_get_one_object_a_line() throws Exception {
    String text = logged("json");
    JsonNode json = Wire.JSON.readTree(text);
    assertEquals(1, text.strip().lines().count(), text);
    assertEquals("WARN", json.path("level").asText());
    assertEquals("it failed", json.path("message").asText());
    assertEquals("req_1234", json.path("request_id").asText());
    assertTrue(Instant.parse(json.path("time").asText()).isAfter(Instant.EPOCH));
    assertTrue(json.path("trace").asText().contains("java.sql.SQLException"));
    assertFalse(text.contains(NAME), text);
  }

  /// What one warning looks like, written by the shipped configuration.
  private static String logged(String format) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("quimbi.log.format", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogsTest.class.getResource("/logback.xml"));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("LOG");
    appender.setOutputStream(written);
    Exception failure =
        new IllegalStateException(
            "for " + NAME, new SQLException("Key (id)=(" + NAME + ") exists", "23505"));

    ScopedValue.where(CurrentRequest.SCOPE, new CurrentRequest("req_1234", Instant.EPOCH))
        .run(() -> context.getLogger("a.b.Test").warn("it failed", failure));

    context.stop();
    return written.toString(StandardCharsets.UTF_8);
  }
}
