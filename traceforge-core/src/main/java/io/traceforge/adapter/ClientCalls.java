package io.traceforge.adapter;

import io.traceforge.SessionContext;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of one client: in one session, or each in the session it belongs to. Immutable,
 * and safe for use by many threads.
 */
public final class ClientCalls {
  private final TraceForge traceForge;
  private final @Nullable SessionTracker bound;

  private ClientCalls(TraceForge traceForge, @Nullable SessionTracker bound) {
    this.traceForge = traceForge;
    this.bound = bound;
  }

  /** Returns the calls of a client that serves whichever session a call belongs to. */
  public static ClientCalls of(TraceForge traceForge) {
    return new ClientCalls(traceForge, null);
  }

  /**
   * Returns the calls of a client that is bound to one session.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static ClientCalls of(SessionTracker session) {
    return new ClientCalls(traceForgeOf(session), session);
  }

  /**
   * Returns the TraceForge that records a session.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static TraceForge traceForgeOf(SessionTracker session) {
    return session
        .traceForge()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "session "
                        + session.getSessionId()
                        + " stands alone, nothing records it; make it with newSession() or"
                        + " startSession() of a TraceForge"));
  }

  /** Returns whether anything is recorded; if not, a client had better stay as it is. */
  public boolean enabled() {
    return traceForge.config().enabled();
  }

  /**
   * Returns the context of a call that is made now on this thread: that of the bound session, or of
   * the one current on this thread; {@code null} if there is neither. For clients that go on to
   * another thread before an adapter sees the call.
   */
  public @Nullable SessionContext currentContext() {
    SessionTracker session = bound != null ? bound : SessionTracker.current().orElse(null);
    return session == null ? null : session.context();
  }

  /**
   * Begins the recording of a call that is made now on this thread.
   *
   * @param header returns the request's value of a header, or {@code null}
   * @return the call, or {@code null} if it is not recorded
   */
  public @Nullable ClientCall begin(Function<String, @Nullable String> header) {
    return begin(header, null);
  }

  /**
   * Begins the recording of a call.
   *
   * @param header returns the request's value of a header, or {@code null}
   * @param madeAt where the call was made, or {@code null} if it is made now on this thread
   * @return the call, or {@code null} if it is not recorded
   */
  public @Nullable ClientCall begin(
      Function<String, @Nullable String> header, @Nullable SessionContext madeAt) {
    try {
      SessionContext known = madeAt != null || bound == null ? madeAt : bound.context();
      return enabled()
          ? new ClientCall(traceForge, traceForge.resolveContext(header, known), header)
          : null;
    } catch (Throwable failure) {
      failed(failure);
      return null;
    }
  }

  /** Takes note of a failure of ours that was kept from the caller. */
  public void failed(Throwable failure) {
    traceForge.reportInternalError("A call could not be recorded", failure);
  }
}
