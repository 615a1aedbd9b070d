package io.traceforge.recording;

import io.traceforge.trace.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Drives recordings as a client adapter does. */
final class Calls {
  static final String URL = "https://api.example.com/v1/things";
  static final String REQUEST = "{\"ask\":\"what?\"}";
  static final String RESPONSE = "{\"answer\":\"that\"}";

  private Calls() {}

  static SessionPosition in(String sessionId) {
    return new SessionPosition(sessionId, 0, null, "{}", false);
  }

  /** Begins a call and sends its request. */
  static CallRecording sent(Recorder recorder, String sessionId) {
    CallRecording call = recorder.begin(in(sessionId));
    call.request("POST", URL, () -> HttpHeaders.of("Accept", "*/*"), "application/json");
    append(call.beginRequestBody(-1), bytes(REQUEST));
    call.requestSent();
    return call;
  }

  /** Makes a whole call, and returns its trace's id. */
  static String succeeded(Recorder recorder, String sessionId) {
    CallRecording call = sent(recorder, sessionId);
    respond(call, 200, RESPONSE);
    call.readToEnd();
    return call.traceId();
  }

  /** Makes a call that fails before its request is sent: one entry in the queue, not two. */
  static String unsent(Recorder recorder, String sessionId) {
    CallRecording call = recorder.begin(in(sessionId));
    call.request("POST", URL, HttpHeaders::empty, null);
    call.failed(new IOException("no route"));
    return call.traceId();
  }

  /** Tells response and body, but no end. */
  static void respond(CallRecording call, int status, String body, String... headers) {
    HttpHeaders fields = HttpHeaders.of(headers);
    call.response(status, () -> fields);
    append(call.beginResponseBody(-1), bytes(body));
  }

  static void append(BodyCapture capture, byte[] bytes) {
    capture.append(bytes, 0, bytes.length);
    capture.arrived();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
