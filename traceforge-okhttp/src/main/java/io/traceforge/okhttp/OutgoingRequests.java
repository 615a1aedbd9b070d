package io.traceforge.okhttp;

import io.traceforge.HeaderPropagation;
import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.recording.CallRecording;
import java.util.Map;
import java.util.function.BiConsumer;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** What we change of a call's requests on their way out, and how the caller's own come back. */
final class OutgoingRequests {
  private final Request original;
  private final @Nullable SessionContext context;
  private final HeaderPropagation propagation;
  private final CallRecording recording;
  private final FailureShield shield;

  /**
   * The changes for one call.
   *
   * @param original the caller's request
   * @param context null if the call belongs to no session
   */
  OutgoingRequests(
      Request original,
      @Nullable SessionContext context,
      HeaderPropagation propagation,
      CallRecording recording,
      FailureShield shield) {
    this.original = original;
    this.context = isManual(original, context) ? null : context;
    this.propagation = propagation;
    this.recording = recording;
    this.shield = shield;
  }

  /** Returns whether the caller has set the session's headers by himself. */
  private static boolean isManual(Request request, @Nullable SessionContext context) {
    return context != null && context.sessionId().equals(request.header(SessionHeaders.SESSION_ID));
  }

  /**
   * Returns a request as it is to be sent: it tells the session, and its body is copied.
   *
   * @param toHostAlone whether it cannot be redirected to another host, which may not have the
   *     state
   */
  Request outgoing(Request request, boolean toHostAlone) {
    Request.Builder builder = request.newBuilder();
    if (context != null && propagation.sendsIds()) {
      boolean stateToo = toHostAlone && propagation.sendsStateTo(request.url().host());
      addHeaders(builder, request, context, stateToo);
    }
    RequestBody body = request.body();
    if (body != null) {
      builder.method(request.method(), new TeeRequestBody(body, recording, shield));
    }
    return builder.build();
  }

  private static void addHeaders(
      Request.Builder builder, Request request, SessionContext context, boolean stateToo) {
    // To replace what is not there takes longer than to add.
    boolean present = Conversions.haveSessions(request.headers());
    BiConsumer<String, String> put = present ? builder::header : builder::addHeader;
    put.accept(SessionHeaders.SESSION_ID, context.sessionId());
    put.accept(SessionHeaders.STEP_INDEX, Integer.toString(context.stepIndex()));
    String parent = context.parentTraceId();
    if (parent != null) {
      put.accept(SessionHeaders.PARENT_TRACE_ID, parent);
    }
    String state = stateToo ? context.stateHeader() : null;
    if (state != null) {
      put.accept(SessionHeaders.STATE, state);
    }
  }

  /**
   * Returns a request that was made from an outgoing one, without body and headers of ours: a
   * request that the caller makes of it would be taken for one whose headers he manages.
   */
  Request withoutOurs(Request sent) {
    if (context == null || !propagation.sendsIds()) {
      return withOwnBody(sent);
    }
    Request.Builder builder = withOwnBody(sent).newBuilder();
    Map<String, String> addedHeaders = context.idHeaders();
    addedHeaders.forEach(
        (name, value) -> {
          if (value.equals(sent.header(name))) {
            builder.removeHeader(name);
            original.headers(name).forEach(callers -> builder.addHeader(name, callers));
          }
        });
    return builder.build();
  }

  /** Returns a request as it went over the network, but with the caller's own body. */
  static Request withOwnBody(Request sent) {
    return sent.body() instanceof TeeRequestBody tee
        ? sent.newBuilder().method(sent.method(), tee.callersOwn()).build()
        : sent;
  }
}
