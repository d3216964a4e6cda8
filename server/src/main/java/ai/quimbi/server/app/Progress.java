package ai.quimbi.server.app;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// How far a long piece of work is: a bar that redraws itself in a terminal, a line now and then
/// elsewhere, nothing when asked to be quiet. `nanoTime` is the clock.
public final class Progress implements AutoCloseable {
  /// How it is shown.
  public enum Style {
    BAR(Duration.ofMillis(100)),
    LINES(Duration.ofSeconds(5)),
    SILENT(Duration.ZERO);

    private final Duration pause;

    Style(Duration pause) {
      this.pause = pause;
    }

    /// A bar in a terminal; silent with `--quiet` or `--json`.
    public static Style of(boolean isQuiet) {
      if (isQuiet) {
        return SILENT;
      }
      return isTerminal() ? BAR : LINES;
    }
  }

  private static final int WIDTH = 24;

  private final PrintStream out;
  private final Style style;
  private final String label;
  private final String unit;
  private final LongSupplier nanoTime;
  private final long started;
  private long shown;
  private long count;
  private double share = Double.NaN;

  /// `label` says what is done, `unit` what is counted: "Importing", "rows".
  public Progress(PrintStream out, Style style, String label, String unit, LongSupplier nanoTime) {
    this.out = out;
    this.style = style;
    this.label = label;
    this.unit = unit;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.shown = started;
  }

  /// On the error stream, so that answers on the standard output stay clean.
  public static Progress of(boolean isQuiet, String label, String unit) {
    return new Progress(System.err, Style.of(isQuiet), label, unit, System::nanoTime);
  }

  /// `count` of `total` are done.
  public void at(long count, long total) {
    at(count, total <= 0 ? Double.NaN : (double) count / total);
  }

  /// `count` are done, which is `share` (0 to 1, NaN where unknown) of the work.
  public void at(long count, double share) {
    this.count = count;
    this.share = share;
    long now = nanoTime.getAsLong();
    if (style != Style.SILENT && now - shown >= style.pause.toNanos()) {
      shown = now;
      show(false);
    }
  }

  /// Shows the final count and ends the line.
  @Override
  public void close() {
    if (style != Style.SILENT) {
      show(true);
    }
  }

  // JDK 25 went back to the console that is null without a terminal; the check knows 22 to 24.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private void show(boolean isEnd) {
    double seconds = Math.max(1e-3, (nanoTime.getAsLong() - started) / 1e9);
    StringBuilder line = new StringBuilder(label).append(' ');
    if (style == Style.BAR && !Double.isNaN(share)) {
      int full = (int) Math.clamp(share * WIDTH, 0, WIDTH);
      line.append('[').append("#".repeat(full)).append(" ".repeat(WIDTH - full)).append("] ");
    }
    if (!Double.isNaN(share) && !isEnd) {
      line.append(String.format(Locale.ROOT, "%d%%  ", (int) (100 * share)));
    }
    line.append(String.format(Locale.ROOT, "%,d %s, %,.0f/s", count, unit, count / seconds));
    if (isEnd) {
      line.append(", ").append(time(seconds));
    } else if (share > 0 && share < 1) {
      line.append(", ").append(time(seconds * (1 - share) / share)).append(" left");
    }
    if (style == Style.BAR) {
      // Back to the start of the line, and clear what a longer one left behind it.
      out.print("\r" + line + "\033[K" + (isEnd ? "\n" : ""));
    } else {
      out.print(line + "\n");
    }
    out.flush();
  }

  private static String time(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }
}
