package io.traceforge;

import io.traceforge.recording.Recorder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the context of a call whose headers the caller manages by hand. */
final class ContextResolver {
  private final Recorder recorder;

  ContextResolver(Recorder recorder) {
    this.recorder = recorder;
  }

  /** Returns what the headers tell, as far as they are well-formed; null without a session id. */
  @Nullable SessionContext fromHeaders(Function<String, @Nullable String> header) {
    String sessionId = header.apply(SessionHeaders.SESSION_ID);
    if (sessionId == null) {
      return null;
    }
    if (!SessionIds.isValid(sessionId)) {
      ignore(SessionHeaders.SESSION_ID);
      return null;
    }
    SessionContext context = SessionContext.of(sessionId);
    context = withStep(context, header.apply(SessionHeaders.STEP_INDEX));
    context = withParent(context, header.apply(SessionHeaders.PARENT_TRACE_ID));
    return withState(context, header.apply(SessionHeaders.STATE));
  }

  private SessionContext withStep(SessionContext context, @Nullable String step) {
    try {
      return step == null ? context : context.withStep(Integer.parseInt(step.trim()));
    } catch (IllegalArgumentException malformed) {
      return ignore(SessionHeaders.STEP_INDEX, context);
    }
  }

  private SessionContext withParent(SessionContext context, @Nullable String parent) {
    if (parent == null) {
      return context;
    }
    return SessionIds.isValid(parent)
        ? context.withParentTraceId(parent)
        : ignore(SessionHeaders.PARENT_TRACE_ID, context);
  }

  private SessionContext withState(SessionContext context, @Nullable String json) {
    if (json == null) {
      return context;
    }
    SessionState state = SessionState.parse(json);
    return state == null ? ignore(SessionHeaders.STATE, context) : context.withState(state);
  }

  private SessionContext ignore(String name, SessionContext context) {
    ignore(name);
    return context;
  }

  private void ignore(String name) {
    recorder.warnOnce("A request's " + name + " header is malformed and was ignored");
  }
}
