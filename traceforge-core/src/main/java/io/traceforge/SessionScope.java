package io.traceforge;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a thread's work during which a session is current. Close it on the thread that
 * opened it, best by try-with-resources. Closing again does nothing, and closing out of order does
 * no harm: the session of the innermost scope still open stays current.
 */
public final class SessionScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable SessionScope> INNERMOST = new ThreadLocal<>();

  private final SessionTracker session;
  private final @Nullable SessionScope outer;
  private volatile boolean closed;

  private SessionScope(SessionTracker session, @Nullable SessionScope outer) {
    this.session = session;
    this.outer = outer;
  }

  static SessionScope open(SessionTracker session) {
    SessionScope scope = new SessionScope(session, innermostOpen());
    INNERMOST.set(scope);
    return scope;
  }

  static @Nullable SessionTracker currentSession() {
    SessionScope scope = innermostOpen();
    return scope == null ? null : scope.session;
  }

  @Override
  public void close() {
    closed = true;
    // Nothing may stay behind in a pooled thread: it would keep a web application from unloading.
    if (innermostOpen() == null) {
      INNERMOST.remove();
    }
  }

  private static @Nullable SessionScope innermostOpen() {
    SessionScope scope = INNERMOST.get();
    while (scope != null && scope.closed) {
      scope = scope.outer;
      INNERMOST.set(scope);
    }
    return scope;
  }
}
