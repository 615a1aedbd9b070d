package io.traceforge;

/** The HTTP header fields in which TraceForge tells the session of a call. */
public final class SessionHeaders {
  /** Request and response: the session's id. */
  public static final String SESSION_ID = "X-TraceForge-Session-ID";

  /** Request: the step within the session, from 0. */
  public static final String STEP_INDEX = "X-TraceForge-Step-Index";

  /** Request: the trace that this call is made for; absent if there is none. */
  public static final String PARENT_TRACE_ID = "X-TraceForge-Parent-Trace-ID";

  /** Request: the session's state, one JSON object in ASCII; absent if it is empty. */
  public static final String STATE = "X-TraceForge-State";

  /** Response: the id of the trace that records this call. */
  public static final String TRACE_ID = "X-TraceForge-Trace-ID";

  /** Response: the step that would come next, one more than this call's. */
  public static final String NEXT_STEP = "X-TraceForge-Next-Step";

  /** What the name of every TraceForge header begins with. */
  public static final String PREFIX = "X-TraceForge-";

  private SessionHeaders() {}
}
