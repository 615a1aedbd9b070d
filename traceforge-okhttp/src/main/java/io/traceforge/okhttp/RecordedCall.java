package io.traceforge.okhttp;

import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import io.traceforge.recording.CallRecording;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.BiConsumer;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One call under way, and what becomes of it.
 *
 * <p>Where a {@link HopInterceptor} is at work, requests are changed there, as late as can be: what
 * stands between and the answer then show the caller's own request, the body that is recorded is
 * the one that is sent, and nothing of ours follows a redirect.
 */
final class RecordedCall {
  private final TraceForge traceForge;
  private final FailureShield shield;
  private final Call call;
  private final Request original;
  private final @Nullable SessionContext context;
  private final CallNote note;
  private final CallRecording recording;
  private final OutgoingRequests outgoing;
  private final boolean onNetworkSide;
  private final Request request;
  private boolean sentOnce;
  private volatile @Nullable Passage passage;

  private RecordedCall(
      TraceForge traceForge,
      CallContexts contexts,
      Call call,
      Request original,
      @Nullable SessionContext context,
      CallNote note,
      boolean onNetworkSide) {
    this.traceForge = traceForge;
    this.shield = contexts.shield();
    this.call = call;
    this.original = original;
    this.context = context;
    this.note = note;
    this.recording = contexts.calls().beginRecording(context);
    this.onNetworkSide = onNetworkSide;
    this.outgoing =
        new OutgoingRequests(
            original, context, traceForge.config().headerPropagation(), recording, shield);
    this.request = onNetworkSide ? original : outgoing.outgoing(original, false);
  }

  static RecordedCall begin(
      TraceForge traceForge,
      CallContexts contexts,
      Call call,
      Request original,
      @Nullable SessionContext context,
      CallNote note,
      boolean onNetworkSide) {
    RecordedCall recorded =
        new RecordedCall(traceForge, contexts, call, original, context, note, onNetworkSide);
    recorded.tellRequest();
    note.underWay(recorded);
    return recorded;
  }

  private void tellRequest() {
    recording.request(
        original.method(),
        original.url().toString(),
        Conversions.callersHeaders(original.headers()),
        original.header("Content-Type"));
    if (!onNetworkSide) {
      tellSentWithoutBody(original);
    }
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

  /** Returns whether the requests of this call are changed on the network side. */
  boolean isOnNetworkSide() {
    return onNetworkSide;
  }

  /** Returns a request as it is to go over the network. Never throws. */
  Request outgoing(Request toHost) {
    try {
      return changed(toHost);
    } catch (Throwable failure) {
      shield.failed(failure);
      return toHost;
    }
  }

  private Request changed(Request toHost) {
    String type = toHost.header("Content-Type"); // set by OkHttp, if the body has one
    if (type != null && !type.equals(original.header("Content-Type"))) {
      recording.requestMediaType(type);
    }
    tellSentWithoutBody(toHost);
    return outgoing.outgoing(toHost, true);
  }

  /** A body tells by itself; without one, only the first of several hops counts. */
  private void tellSentWithoutBody(Request sent) {
    if (sent.body() == null && !sentOnce) {
      recording.requestSent();
    }
    sentOnce = true;
  }

  /** Returns the caller's request in place of ours. */
  Request callersOwn(Request sent) {
    if (sent == request) {
      return original;
    }
    return onNetworkSide ? sent : outgoing.withoutOurs(sent);
  }

  void failed(Throwable failure) {
    shield.run(
        () -> {
          if (!call.isCanceled() || !(failure instanceof IOException)) {
            recording.failed(failure);
          } else if (isTimeUp(failure)) {
            recording.failed(asTimeout(failure));
          } else {
            recording.cancelled(failure, note.cancelledAtNanos());
          }
        });
  }

  /**
   * A call timeout cancels the call and reaches us as such. While the body is read, OkHttp says so;
   * before, it is told from the caller's own cancel by the time that has passed.
   */
  private boolean isTimeUp(Throwable failure) {
    long timeout = call.timeout().timeoutNanos();
    return timeout != 0 && (isTimeout(failure) || note.atMostNanosSinceMade() >= timeout);
  }

  /** In OkHttp's words; an interrupted thread has others. */
  private static boolean isTimeout(Throwable failure) {
    return failure instanceof InterruptedIOException && "timeout".equals(failure.getMessage());
  }

  /** What the caller gets to see: OkHttp says so further out, when we have seen the call fail. */
  private static Throwable asTimeout(Throwable failure) {
    return failure instanceof InterruptedIOException
        ? failure
        : new InterruptedIOException("timeout").initCause(failure);
  }

  /** Returns the response for the caller: as received, its body teed, our headers added. */
  Response received(Response response) {
    try {
      recording.response(response.code(), Conversions.headers(response.headers()));
      Response.Builder builder =
          onNetworkSide ? response.newBuilder() : ResponseView.of(response, this);
      addHeaders(builder, response);
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

  private void addHeaders(Response.Builder builder, Response response) {
    // To replace what is not there takes longer than to add.
    boolean present = Conversions.haveSessions(response.headers());
    BiConsumer<String, String> put = present ? builder::header : builder::addHeader;
    if (context != null) {
      put.accept(SessionHeaders.SESSION_ID, context.sessionId());
      put.accept(SessionHeaders.NEXT_STEP, Integer.toString(context.stepIndex() + 1));
    }
    if (traceForge.isRecording()) { // else there will be no such trace
      put.accept(SessionHeaders.TRACE_ID, recording.traceId());
    }
  }
}
