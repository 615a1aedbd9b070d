package io.traceforge.okhttp;

import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.ClientCalls;
import okhttp3.Call;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Knows where in which session a call was made, from the moment it was made. */
final class CallContexts {
  private final ClientCalls calls;
  private final @Nullable SessionTracker bound;
  private final FailureShield shield;

  CallContexts(TraceForge traceForge, @Nullable SessionTracker bound) {
    this.calls = ClientCalls.of(traceForge);
    this.bound = bound;
    this.shield = new FailureShield(calls);
  }

  /** Returns what begins the recording of calls. */
  ClientCalls calls() {
    return calls;
  }

  FailureShield shield() {
    return shield;
  }

  /** Takes note of a call on the thread that makes it. */
  void note(Call call) {
    SessionTracker tag = call.request().tag(SessionTracker.class);
    SessionContext known = tag != null ? tag.context() : boundContext();
    CallNote.make(call, this, tag, calls.contextOf(name -> null, known));
  }

  /** Returns the context of a call, or null if it belongs to no session. */
  @Nullable SessionContext contextOf(Request request, CallNote note) {
    boolean noted = note.isMadeBy(this);
    SessionContext known = known(request, noted ? note : null);
    if (known == null && noted && request.header(SessionHeaders.SESSION_ID) == null) {
      return null; // looked for when the call was made; this thread's own session is not the call's
    }
    return calls.contextOf(request::header, known);
  }

  private @Nullable SessionContext known(Request request, @Nullable CallNote noted) {
    SessionContext fixed = request.tag(SessionContext.class);
    if (fixed != null) {
      return fixed;
    }
    SessionTracker tag = request.tag(SessionTracker.class);
    if (noted != null && noted.tag() == tag) {
      return noted.context();
    }
    return tag != null ? tag.context() : boundContext();
  }

  private @Nullable SessionContext boundContext() {
    return bound == null ? null : bound.context();
  }
}
