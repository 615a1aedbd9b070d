package io.traceforge.viewer.internal;

import io.traceforge.pricing.PriceBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of one viewer. */
public final class ViewerServer implements AutoCloseable {
  /** One for each listener of a running session, and some for the rest. */
  private static final int MOST_THREADS = LiveSessions.MOST_LISTENERS + 24;

  private static final int FEWEST_THREADS = 4;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private final Server server;
  private final ServerConnector connector;
  private final LiveSessions live;
  private final Access access;

  private ViewerServer(Access access, int port, ReadOnlyStorage storage, PriceBook prices) {
    this.access = access;
    this.live = new LiveSessions(storage, prices);
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    threads.setName("traceforge-viewer");
    threads.setDaemon(true);
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setHost(access.address().getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.setErrorHandler(Guard::answerError);
    server.setHandler(
        new Guard(
            access, new Handler.Sequence(new Assets(), Endpoints.api(storage, live, prices))));
  }

  /** A session's id may hold what looks odd in a path: the API looks at the path as it came. */
  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(
        UriCompliance.from(
            EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)));
    return http;
  }

  /**
   * Starts a server.
   *
   * @throws UncheckedIOException if the port cannot be opened
   */
  public static ViewerServer start(
      ReadOnlyStorage storage, Access access, int port, PriceBook prices) {
    ViewerServer viewer = new ViewerServer(access, port, storage, prices);
    try {
      viewer.server.start();
      return viewer;
    } catch (Exception failed) {
      viewer.close();
      IOException cause = failed instanceof IOException io ? io : new IOException(failed);
      throw new UncheckedIOException("cannot listen on " + access.literal() + ":" + port, cause);
    }
  }

  /** Returns the page's URL, with the token if there is one. */
  public String url() {
    String base = "http://" + access.literal() + ":" + connector.getLocalPort() + "/";
    return access.token() == null ? base : base + "?token=" + access.token();
  }

  @Override
  public void close() {
    live.close();
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("the viewer's server could not be stopped", failed);
    }
  }
}
