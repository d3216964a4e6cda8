package ai.quimbi.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_terminal_sees_one_line_with_rate_and_time_left() {
    try (Progress progress = progress(Progress.Style.BAR)) {
      nanos.set(2_000_000_000L);
      progress.at(5_000, 20_000);
      progress.at(5_001, 20_000);
    }

    assertEquals(
        "\rImporting [######                  ] 25%  5,000 rows, 2,500/s, 6.0 s left\033[K"
            + "\rImporting [######                  ] 5,001 rows, 2,501/s, 2.0 s\033[K\n",
        bytes.toString(UTF_8));
  }

  @Test
  void a_log_sees_plain_lines_now_and_then() {
    try (Progress progress = progress(Progress.Style.LINES)) {
      for (int second = 0; second <= 12; second++) {
        nanos.set(second * 1_000_000_000L);
        progress.at(second * 100L, Double.NaN);
      }
    }

    assertEquals(
        """
        Importing 500 rows, 100/s
        Importing 1,000 rows, 100/s
        Importing 1,200 rows, 100/s, 12 s
        """,
        bytes.toString(UTF_8));
  }

  @Test
  void the_quiet_see_nothing() {
    try (Progress progress = progress(Progress.Style.SILENT)) {
      nanos.set(60_000_000_000L);
      progress.at(1, 2);
    }

    assertEquals("", bytes.toString(UTF_8));
    assertEquals(Progress.Style.SILENT, Progress.Style.of(true));
  }

  private Progress progress(Progress.Style style) {
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    return new Progress(out, style, "Importing", "rows", nanos::get);
  }
}
