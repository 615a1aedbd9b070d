package io.traceforge.adapter;

import io.traceforge.SessionContext;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.internal.RecordingAccess;
import io.traceforge.recording.CallRecording;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of one client: in one session, or each in the session it belongs to. Immutable,
 * and safe for use by many threads.
 */
public final class ClientCalls {
  private final TraceForge traceForge;
  private final @Nullable SessionTracker bound;
  private final RecordingAccess<TraceForge, SessionContext, CallRecording> access;

  @SuppressWarnings("unchecked") // TraceForge itself has set it
  private ClientCalls(TraceForge traceForge, @Nullable SessionTracker bound) {
    this.traceForge = traceForge;
    this.bound = bound;
    this.access =
        (RecordingAccess<TraceForge, SessionContext, CallRecording>) RecordingAccess.get();
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
      return enabled() ? new ClientCall(traceForge, this, contextOf(header, known), header) : null;
    } catch (Throwable failure) {
      failed(failure);
      return null;
    }
  }

  /**
   * Returns the context of a call. The first of these counts: what the request's own headers tell;
   * the context given; the session current on this thread; a session made for this call, unless the
   * user has switched that off.
   *
   * @param header returns the request's value of a header, or {@code null}
   * @param known what a tag or a bound client tells, or {@code null}
   * @return the context, or {@code null} if the call belongs to no session
   */
  public @Nullable SessionContext contextOf(
      Function<String, @Nullable String> header, @Nullable SessionContext known) {
    return access.contextOf(traceForge, header, known);
  }

  /**
   * Begins the recording of a call for an adapter that hands its bytes over by itself, as one with
   * buffers of its own does. {@link #begin} is the simple way.
   *
   * @param context where the call was made, or {@code null} if it belongs to no session
   */
  public CallRecording beginRecording(@Nullable SessionContext context) {
    return access.begin(traceForge, context);
  }

  /**
   * Takes note of a failure of ours that was kept from the caller. It is counted in {@link
   * TraceForge#stats()} and logged once for each kind.
   */
  public void failed(Throwable failure) {
    access.failed(traceForge, failure);
  }
}
