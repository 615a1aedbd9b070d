package io.traceforge.okhttp;

import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import io.traceforge.recording.CallRecording;
import java.io.IOException;
import java.util.Map;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One call under way: the request as we send it on, and what becomes of it. */
final class RecordedCall {
  private final FailureShield shield;
  private final Call call;
  private final Request original;
  private final @Nullable SessionContext context;
  private final boolean headersAreTheCallers;
  private final CallNote note;
  private final CallRecording recording;
  private final boolean addsHeaders;
  private final Request request;
  private volatile @Nullable Passage passage;

  private RecordedCall(
      TraceForge traceForge,
      FailureShield shield,
      Call call,
      Request original,
      @Nullable SessionContext context,
      CallNote note) {
    this.shield = shield;
    this.call = call;
    this.original = original;
    this.context = context;
    this.headersAreTheCallers = isManual(original, context);
    this.note = note;
    this.recording = traceForge.beginCall(context);
    this.addsHeaders =
        context != null
            && !headersAreTheCallers
            && traceForge.config().headerPropagation().sendsIds();
    this.request = outgoing();
  }

  static RecordedCall begin(
      TraceForge traceForge,
      FailureShield shield,
      Call call,
      Request original,
      @Nullable SessionContext context,
      CallNote note) {
    RecordedCall recorded = new RecordedCall(traceForge, shield, call, original, context, note);
    recorded.tellRequest();
    note.underWay(recorded);
    return recorded;
  }

  private static boolean isManual(Request request, @Nullable SessionContext context) {
    return context != null && context.sessionId().equals(request.header(SessionHeaders.SESSION_ID));
  }

  /** Tells that no interceptor further in will see the call any more. */
  void over() {
    note.underWay(null);
  }

  /** Returns what lies beneath the decompression of the last answer, or null if there is none. */
  @Nullable Passage passage() {
    return passage;
  }

  void passage(@Nullable Passage beneathLastAnswer) {
    passage = beneathLastAnswer;
  }

  /** Returns the request to send on. */
  Request request() {
    return request;
  }

  /** Returns the state as a header's value, or null if it is not for us to send. */
  @Nullable String stateHeader() {
    return context == null || headersAreTheCallers ? null : context.stateHeader();
  }

  /**
   * Returns the caller's request in place of ours. Of one that was made from ours, body and headers
   * of ours go: a request that the caller makes of it would be taken for one whose headers he
   * manages.
   */
  Request callersOwn(Request sent) {
    if (sent == request) {
      return original;
    }
    if (!addsHeaders || context == null) {
      return asSent(sent);
    }
    Request.Builder builder = asSent(sent).newBuilder();
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
  Request asSent(Request sent) {
    return sent.body() instanceof TeeRequestBody tee
        ? sent.newBuilder().method(sent.method(), tee.callersOwn()).build()
        : sent;
  }

  void failed(Throwable failure) {
    shield.run(
        () -> {
          if (wasCancelled(failure)) {
            recording.cancelled(failure);
          } else {
            recording.failed(failure);
          }
        });
  }

  /** Returns the response for the caller: as received, its body teed, our headers added. */
  Response received(Response response) {
    try {
      recording.response(response.code(), Conversions.headers(response.headers()));
      Response.Builder builder = ResponseView.of(response, this).headers(forCaller(response));
      if (response.body() == null || !Conversions.hasBody(response)) {
        recording.readToEnd();
        return builder.build();
      }
      return builder.body(new TeeResponseBody(response, recording, this, shield)).build();
    } catch (Throwable failure) {
      shield.failed(failure);
      recording.closed(0);
      return response;
    }
  }

  private Headers forCaller(Response response) {
    Headers.Builder headers = response.headers().newBuilder();
    if (context != null) {
      put(headers, SessionHeaders.SESSION_ID, context.sessionId());
      put(headers, SessionHeaders.NEXT_STEP, Integer.toString(context.stepIndex() + 1));
    }
    put(headers, SessionHeaders.TRACE_ID, recording.traceId());
    return headers.build();
  }

  private Request outgoing() {
    Request.Builder builder = original.newBuilder();
    if (addsHeaders && context != null) {
      addIds(builder, context);
    }
    RequestBody body = original.body();
    if (body != null) {
      builder.method(original.method(), new TeeRequestBody(body, recording, shield));
    }
    return builder.build();
  }

  private static void addIds(Request.Builder builder, SessionContext context) {
    builder.header(SessionHeaders.SESSION_ID, context.sessionId());
    builder.header(SessionHeaders.STEP_INDEX, Integer.toString(context.stepIndex()));
    String parent = context.parentTraceId();
    if (parent != null) {
      builder.header(SessionHeaders.PARENT_TRACE_ID, parent);
    }
  }

  /** As {@code set}, but for looking at each character of a value that is known to be ASCII. */
  private static void put(Headers.Builder headers, String name, String value) {
    headers.removeAll(name).addUnsafeNonAscii(name, value);
  }

  private void tellRequest() {
    recording.request(
        original.method(),
        original.url().toString(),
        Conversions.callersHeaders(original.headers()),
        original.header("Content-Type"));
    if (request.body() == null) {
      recording.requestSent();
    }
  }

  /**
   * A call timeout cancels the call and reaches us as such. It is told from the caller's own cancel
   * by the time that has passed since the call was made.
   */
  private boolean wasCancelled(Throwable failure) {
    if (!call.isCanceled() || !(failure instanceof IOException)) {
      return false;
    }
    long timeout = call.timeout().timeoutNanos();
    return timeout == 0 || System.nanoTime() - note.madeAtNanos() < timeout;
  }
}
