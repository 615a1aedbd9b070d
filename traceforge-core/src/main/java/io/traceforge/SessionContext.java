package io.traceforge;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a session a call is made: session, step, parent trace and state at one moment. It never
 * changes, so it can be handed to other threads and put on a request as a tag.
 *
 * <pre>{@code
 * SessionContext here = session.context();
 * Request left = request.newBuilder().tag(SessionContext.class, here.withState("branch", 1)).build();
 * }</pre>
 */
public final class SessionContext {
  private final String sessionId;
  private final int stepIndex;
  private final @Nullable String parentTraceId;
  private final SessionState state;
  private final boolean fresh;

  private SessionContext(
      String sessionId,
      int stepIndex,
      @Nullable String parentTraceId,
      SessionState state,
      boolean fresh) {
    this.sessionId = sessionId;
    this.stepIndex = stepIndex;
    this.parentTraceId = parentTraceId;
    this.state = state;
    this.fresh = fresh;
  }

  /**
   * Returns step 0 of a session, with empty state and no parent.
   *
   * @param sessionId 1 to 128 visible ASCII characters
   * @throws IllegalArgumentException if the id is not of that form
   */
  public static SessionContext of(String sessionId) {
    SessionIds.require("sessionId", sessionId);
    return new SessionContext(sessionId, 0, null, SessionState.EMPTY, false);
  }

  /** Returns a session made for one call that belongs to none. */
  static SessionContext fresh() {
    return new SessionContext(SessionIds.random(), 0, null, SessionState.EMPTY, true);
  }

  /** Returns the session's id. */
  public String sessionId() {
    return sessionId;
  }

  /** Returns the step, from 0. */
  public int stepIndex() {
    return stepIndex;
  }

  /** Returns the trace that calls made here are made for, or {@code null}. */
  public @Nullable String parentTraceId() {
    return parentTraceId;
  }

  /** Returns the state: a fresh copy at each call. */
  public JsonObject state() {
    return state.copy();
  }

  /** Returns the state as the text of one JSON object. */
  public String stateJson() {
    return state.text();
  }

  /**
   * Returns this context at another step.
   *
   * @throws IllegalArgumentException if the step is negative
   */
  public SessionContext withStep(int stepIndex) {
    if (stepIndex < 0) {
      throw new IllegalArgumentException("stepIndex: expected 0 or more, got " + stepIndex);
    }
    return new SessionContext(sessionId, stepIndex, parentTraceId, state, fresh);
  }

  /**
   * Returns this context with one more value in its state (see {@link SessionTracker#setState}).
   *
   * @throws StateTooLargeException if the state would pass 10,240 bytes
   * @throws IllegalArgumentException if the value cannot be written as JSON
   */
  public SessionContext withState(String key, @Nullable Object value) {
    return withState(state.with(key, value));
  }

  SessionContext withState(SessionState state) {
    return new SessionContext(sessionId, stepIndex, parentTraceId, state, fresh);
  }

  /**
   * Returns this context with another parent trace, or none.
   *
   * @throws IllegalArgumentException if the id is not 1 to 128 visible ASCII characters
   */
  public SessionContext withParentTraceId(@Nullable String traceId) {
    if (traceId != null) {
      SessionIds.require("parentTraceId", traceId);
    }
    return new SessionContext(sessionId, stepIndex, traceId, state, fresh);
  }

  /**
   * Returns the request headers that tell a server of this context: those of {@link
   * SessionHeaders}, the state included unless it is empty or longer than 12 KB as a header.
   */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>(idHeaders());
    String stateHeader = stateHeader();
    if (stateHeader != null) {
      headers.put(SessionHeaders.STATE, stateHeader);
    }
    return Collections.unmodifiableMap(headers);
  }

  /** Returns {@link #headers()} without the state. */
  public Map<String, String> idHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SessionHeaders.SESSION_ID, sessionId);
    headers.put(SessionHeaders.STEP_INDEX, Integer.toString(stepIndex));
    if (parentTraceId != null) {
      headers.put(SessionHeaders.PARENT_TRACE_ID, parentTraceId);
    }
    return Collections.unmodifiableMap(headers);
  }

  /** Returns the state in ASCII as a header's value, or {@code null} if it is not to be sent. */
  public @Nullable String stateHeader() {
    return state.header();
  }

  /** Returns whether the session was made for this one call. */
  boolean isFresh() {
    return fresh;
  }

  /** The state is left out: it may be confidential, and this text may be logged. */
  @Override
  public String toString() {
    return "SessionContext{session=" + sessionId + ", step=" + stepIndex + "}";
  }
}
