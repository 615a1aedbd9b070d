package io.traceforge.okhttp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import okhttp3.Call;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Knows where in which session a call was made, from the moment it was made. */
final class CallContexts {
  private final TraceForge traceForge;
  private final @Nullable SessionTracker bound;
  private final FailureShield shield;
  private final Cache<Call, Noted> notes =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

  CallContexts(TraceForge traceForge, @Nullable SessionTracker bound) {
    this.traceForge = traceForge;
    this.bound = bound;
    this.shield = new FailureShield(traceForge);
  }

  FailureShield shield() {
    return shield;
  }

  /** What was known when a call was made. */
  record Noted(@Nullable SessionTracker tag, @Nullable SessionContext context, long madeAtNanos) {}

  /** Takes note of a call on the thread that makes it. */
  void note(Call call) {
    SessionTracker tag = call.request().tag(SessionTracker.class);
    SessionContext known = tag != null ? tag.context() : boundContext();
    SessionContext context = traceForge.resolveContext(name -> null, known);
    notes.put(call, new Noted(tag, context, System.nanoTime()));
  }

  @Nullable Noted noted(Call call) {
    return notes.getIfPresent(call);
  }

  /** Returns the context of a call, or null if it belongs to no session. */
  @Nullable SessionContext contextOf(Request request, @Nullable Noted noted) {
    SessionContext known = known(request, noted);
    if (known == null && noted != null && request.header(SessionHeaders.SESSION_ID) == null) {
      return null; // looked for when the call was made; this thread's own session is not the call's
    }
    return traceForge.resolveContext(request::header, known);
  }

  private @Nullable SessionContext known(Request request, @Nullable Noted noted) {
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
