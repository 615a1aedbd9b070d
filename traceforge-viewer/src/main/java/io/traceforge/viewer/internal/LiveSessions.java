package io.traceforge.viewer.internal;

import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Looks at sessions that somebody watches, and at no others: twice a second, once for all who watch
 * the same one.
 */
final class LiveSessions implements AutoCloseable {
  static final int MOST_LISTENERS = 32;
  private static final long POLL_MS = 500;
  private final StorageBackend storage;
  private final PriceBook prices;
  private final Semaphore places = new Semaphore(MOST_LISTENERS);
  private final Map<String, Watched> watched = new HashMap<>();
  private boolean closed;

  LiveSessions(StorageBackend storage, PriceBook prices) {
    this.storage = storage;
    this.prices = prices;
  }

  /**
   * What a session looked like.
   *
   * @param session its figures
   * @param timeline its timeline without the sessions below it, as JSON: a page of traces at the
   *     most is in memory, and none while nothing changes
   */
  record Look(SessionMetadata session, String timeline) {}

  /** One listener's place; closed when it has gone. */
  interface Place extends AutoCloseable {
    /** Waits for the next look and returns what it saw, or {@code null} if it is time to go. */
    @Nullable Look next() throws InterruptedException;

    @Override
    void close();
  }

  Place join(String sessionId) {
    if (!places.tryAcquire()) {
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE_503, "too many listen already");
    }
    Watched session;
    synchronized (this) {
      session = watched.computeIfAbsent(sessionId, Watched::new);
      session.listeners++;
    }
    return new Place() {
      private boolean waits;

      @Override
      public @Nullable Look next() throws InterruptedException {
        boolean goOn = !waits || pause();
        waits = true;
        return goOn ? session.look() : null;
      }

      @Override
      public void close() {
        leave(session);
      }
    };
  }

  private synchronized boolean pause() throws InterruptedException {
    long end = System.nanoTime() + POLL_MS * 1_000_000;
    for (long left = POLL_MS; left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    return !closed;
  }

  private void leave(Watched session) {
    synchronized (this) {
      if (--session.listeners == 0) {
        watched.remove(session.sessionId);
      }
    }
    places.release();
  }

  /** Lets all listeners go. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private final class Watched {
    final String sessionId;
    int listeners;
    private long lookedAt;
    private @Nullable Look last;

    Watched(String sessionId) {
      this.sessionId = sessionId;
    }

    /** The traces are read only if a figure has changed. */
    synchronized @Nullable Look look() {
      if (last == null || System.nanoTime() - lookedAt >= POLL_MS * 1_000_000 * 9 / 10) {
        SessionMetadata now = storage.getSessionMetadata(sessionId).orElse(null);
        if (now == null || last == null || !now.equals(last.session())) {
          last = now == null ? null : read(now);
        }
        lookedAt = System.nanoTime();
      }
      return last;
    }

    private Look read(SessionMetadata now) {
      TimelineStorage light = new TimelineStorage(storage, prices);
      SessionTimeline timeline = SessionTimeline.of(now, light.listTracesBySession(sessionId));
      return new Look(now, timeline.toJson(light));
    }
  }
}
