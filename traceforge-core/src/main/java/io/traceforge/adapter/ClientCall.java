package io.traceforge.adapter;

import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import io.traceforge.recording.BodyCapture;
import io.traceforge.recording.CallRecording;
import io.traceforge.trace.HttpHeaders;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call under way. An adapter tells it what it sees, in order: the request, its body, that it
 * was sent, the response, its body, and one end; of several ends the first one counts.
 *
 * <p>No method throws. Safe for use by many threads.
 */
public final class ClientCall {
  private final TraceForge traceForge;
  private final ClientCalls calls;
  private final @Nullable SessionContext context;
  private final boolean headersAreTheCallers;
  private final CallRecording recording;
  private volatile @Nullable BodyCapture responseBody;

  ClientCall(
      TraceForge traceForge,
      ClientCalls calls,
      @Nullable SessionContext context,
      Function<String, @Nullable String> header) {
    this.traceForge = traceForge;
    this.calls = calls;
    this.context = context;
    this.headersAreTheCallers =
        context != null && context.sessionId().equals(header.apply(SessionHeaders.SESSION_ID));
    this.recording = calls.beginRecording(context);
  }

  /** Returns where in a session the call was made, or {@code null} if it belongs to none. */
  public @Nullable SessionContext context() {
    return context;
  }

  /**
   * Returns the header fields to set on the request, none if it carries the caller's own. The state
   * is among them only where every host may have it: a client follows redirects out of our sight.
   */
  public Map<String, String> requestHeaders() {
    if (context == null
        || headersAreTheCallers
        || !traceForge.config().headerPropagation().sendsIds()) {
      return Map.of();
    }
    return traceForge.config().headerPropagation().sendsStateEverywhere()
        ? context.headers()
        : context.idHeaders();
  }

  /**
   * Returns the header fields to set on the response that the caller sees. After the close of the
   * TraceForge they name no trace, as there will be none.
   */
  public Map<String, String> responseHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (context != null) {
      headers.put(SessionHeaders.SESSION_ID, context.sessionId());
      headers.put(SessionHeaders.NEXT_STEP, Integer.toString(context.stepIndex() + 1));
    }
    if (traceForge.isRecording()) {
      headers.put(SessionHeaders.TRACE_ID, recording.traceId());
    }
    return headers;
  }

  /**
   * Tells the request.
   *
   * @param method the HTTP method, in upper case
   * @param url the absolute URL
   * @param headers returns the caller's header fields; asked once or twice, later and on another
   *     thread, so it must not change, nor hold the request with its body
   * @param mediaType the body's media type, or {@code null} if it has none or tells it later
   */
  public void request(
      String method, String url, Supplier<HttpHeaders> headers, @Nullable String mediaType) {
    shielded(it -> it.request(method, url, () -> callersOwn(headers.get()), mediaType));
  }

  /** The session's headers are left out: the trace tells them, and its state is redacted there. */
  private static HttpHeaders callersOwn(HttpHeaders headers) {
    String prefix = SessionHeaders.PREFIX;
    return HttpHeaders.of(
        headers.fields().stream()
            .filter(field -> !field.name().regionMatches(true, 0, prefix, 0, prefix.length()))
            .toList());
  }

  /** Tells the media type of the request's body, where it is known only later. */
  public void requestMediaType(String mediaType) {
    shielded(it -> it.requestMediaType(mediaType));
  }

  /** Tells the whole body of a request. */
  public void requestBody(byte[] body) {
    shielded(it -> append(it.beginRequestBody(body.length), body));
  }

  /**
   * Returns a stream that copies a request's body on its way to the server. A body that is sent
   * again begins anew with a new stream.
   *
   * @param expectedSize the size in bytes, or less than 0 if it is not known
   */
  public OutputStream requestBody(OutputStream server, long expectedSize) {
    try {
      return new RecordedOutputStream(server, recording.beginRequestBody(expectedSize), this);
    } catch (Throwable failure) {
      internalError(failure);
      return server;
    }
  }

  /** Tells that the request was sent: from here on the trace shows, as in progress. */
  public void requestSent() {
    shielded(CallRecording::requestSent);
  }

  /**
   * Tells the response's status and header fields.
   *
   * @param headers returns the server's header fields; asked once or twice, later and on another
   *     thread, so it must not change, nor hold the response with its body
   */
  public void response(int statusCode, Supplier<HttpHeaders> headers) {
    shielded(it -> it.response(statusCode, headers));
  }

  /** Tells the whole body of a response, which the caller has read. */
  public void responseBody(byte[] body) {
    shielded(it -> append(begin(body.length), body));
  }

  /** Begins the capture of a response's body, and returns what takes its pieces. */
  public Consumer<byte[]> responsePieces() {
    BodyCapture capture = begin(-1);
    return piece -> shielded(it -> append(capture, piece));
  }

  /**
   * Returns a stream that copies a response's body as the caller reads it, and tells how it ended.
   *
   * @param expectedSize the size in bytes, or less than 0 if it is not known
   * @param owner what must not be forgotten while the stream is read (see {@link
   *     #endWhenForgotten}), or {@code null}
   */
  public InputStream responseBody(InputStream server, long expectedSize, @Nullable Object owner) {
    try {
      return new RecordedInputStream(server, begin(expectedSize), this, owner);
    } catch (Throwable failure) {
      internalError(failure);
      closed();
      return server;
    }
  }

  /**
   * Ends the call when the caller forgets the response without closing it.
   *
   * @param response what the caller must hold to read the response
   */
  public void endWhenForgotten(Object response) {
    shielded(it -> it.endWhenForgotten(response));
  }

  /** Tells that the response was read to its end. */
  public void readToEnd() {
    shielded(CallRecording::readToEnd);
  }

  /** Tells that the caller closed the response, perhaps before its end. */
  public void closed() {
    BodyCapture read = responseBody;
    shielded(it -> it.closed(read == null ? 0 : read.size()));
  }

  /** Tells that an exception, a timeout's included, ended the call. */
  public void failed(Throwable failure) {
    shielded(it -> it.failed(failure));
  }

  /** Tells that the caller cancelled the call. */
  public void cancelled() {
    shielded(it -> it.cancelled(null));
  }

  private BodyCapture begin(long expectedSize) {
    BodyCapture capture = recording.beginResponseBody(expectedSize);
    responseBody = capture;
    return capture;
  }

  private static void append(BodyCapture capture, byte[] bytes) {
    capture.append(bytes, 0, bytes.length);
    capture.arrived();
  }

  private void shielded(Consumer<CallRecording> work) {
    try {
      work.accept(recording);
    } catch (Throwable failure) {
      internalError(failure);
    }
  }

  void internalError(Throwable failure) {
    calls.failed(failure);
  }
}
