package ai.quimbi.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/// Closes connections whose request line and headers take too long. Jetty only ends silence: one
/// byte now and then would hold a connection forever.
final class SlowHeads extends AbstractLifeCycle implements Connection.Listener {
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final Scheduler scheduler;
  private final long patienceNanos;

  SlowHeads(Scheduler scheduler, Duration patience) {
    this.scheduler = scheduler;
    this.patienceNanos = patience.toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      connections.add(http);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof HttpConnection http) {
      connections.remove(http);
    }
  }

  @Override
  protected void doStart() {
    lookAgainLater();
  }

  private void lookAgainLater() {
    scheduler.schedule(this::look, 1, TimeUnit.SECONDS);
  }

  private void look() {
    if (!isRunning()) {
      return;
    }
    long now = System.nanoTime();
    for (HttpConnection connection : connections) {
      HttpParser parser = connection.getParser();
      if (isInHead(parser.getState()) && now - parser.getBeginNanoTime() > patienceNanos) {
        connection.getEndPoint().close();
      }
    }
    lookAgainLater();
  }

  private static boolean isInHead(HttpParser.State state) {
    return state.compareTo(HttpParser.State.START) > 0
        && state.compareTo(HttpParser.State.CONTENT) < 0;
  }
}
