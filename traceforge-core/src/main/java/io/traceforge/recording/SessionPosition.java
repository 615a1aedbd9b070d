package io.traceforge.recording;

import org.jspecify.annotations.Nullable;

/**
 * Where in a session a call was made.
 *
 * @param sessionId the session, or {@code null} for none
 * @param stepIndex the step, from 0
 * @param parentTraceId the trace that the call is made for, or {@code null}
 * @param stateJson the session's state, as the text of one JSON object
 * @param singleCall whether the session was made for this one call
 */
public record SessionPosition(
    @Nullable String sessionId,
    int stepIndex,
    @Nullable String parentTraceId,
    String stateJson,
    boolean singleCall) {

  /** The position of a call that belongs to no session. */
  public static final SessionPosition NONE = new SessionPosition(null, 0, null, "{}", true);

  /** The state is left out: it may be confidential, and this text may be logged. */
  @Override
  public String toString() {
    return "SessionPosition{session=" + sessionId + ", step=" + stepIndex + "}";
  }
}
