package io.traceforge.storage.tck;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Traces to store. */
final class Samples {
  /** A start with microseconds, the finest that the model promises. */
  static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");

  static final String SESSION = "session-1";
  private static final String URL = "https://api.example.com/v1/chat/completions";

  private Samples() {}

  /** Returns the id of the n-th trace: ids sort like their numbers. */
  static String id(int n) {
    return String.format(Locale.ROOT, "01955000-0000-7000-8000-%012x", n);
  }

  static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  /** Returns a call in progress, of no session, with as little as a trace can have. */
  static Trace.Builder bare(int n) {
    TraceRequest request = TraceRequest.of("GET", URL, HttpHeaders.empty(), null);
    return Trace.builder().id(id(n)).startTime(START).request(request);
  }

  /** Returns a call of {@link #SESSION} that began at a time in milliseconds and goes on. */
  static Trace.Builder open(int n, int step, long startMillis) {
    return bare(n)
        .sessionId(SESSION)
        .stepIndex(step)
        .callNumber(n)
        .startTime(at(startMillis))
        .request(request("call " + n));
  }

  /** Returns a call of {@link #SESSION} that succeeded. */
  static Trace.Builder success(int n, int step, long startMillis, long endMillis) {
    return open(n, step, startMillis)
        .status(TraceStatus.SUCCESS)
        .metadata(lasting(endMillis - startMillis).build())
        .response(TraceResponse.of(200, HttpHeaders.empty(), TraceBody.ofText("{}", null), null));
  }

  /** Returns a call of {@link #SESSION} that ended in an error. */
  static Trace.Builder failure(int n, int step, long startMillis, long endMillis) {
    return open(n, step, startMillis)
        .status(TraceStatus.ERROR)
        .metadata(lasting(endMillis - startMillis).build())
        .error(TraceError.of("http_500", "no " + n, null));
  }

  static TraceMetadata.Builder lasting(long millis) {
    TraceTiming timing = TraceTiming.builder().total(Duration.ofMillis(millis)).build();
    return TraceMetadata.builder().timing(timing);
  }

  static TraceRequest request(String body) {
    return TraceRequest.of("POST", URL, HttpHeaders.empty(), TraceBody.ofText(body, null));
  }

  /** Returns a trace in which everything is set, each value different from all others. */
  static Trace.Builder full(int n) {
    return Trace.builder()
        .id(id(n))
        .sessionId(SESSION)
        .stepIndex(7)
        .callNumber(n)
        .parentTraceId(id(900_000))
        .stateJson("{\"b\": 1.0, \"a\":[null, \"\\u00e4\"]}")
        .status(TraceStatus.ERROR)
        .startTime(START)
        .request(fullRequest())
        .response(fullResponse())
        .error(TraceError.of("overloaded_error", "try later", "529"))
        .metadata(fullMetadata().build());
  }

  private static TraceRequest fullRequest() {
    HttpHeaders headers = HttpHeaders.of("Accept", "text/html", "X-A", "1", "x-a", "", "X-A", "2");
    TraceBody body = TraceBody.ofText("{\"model\":\"m\"}", "application/json; charset=utf-8");
    return TraceRequest.of("POST", URL + "?a=b%20c", headers, body);
  }

  private static TraceResponse fullResponse() {
    byte[] kept = {0, 1, 2, (byte) 0xff, (byte) 0xc3};
    return TraceResponse.of(
        529,
        HttpHeaders.of("Retry-After", "3", "Set-Cookie", "a", "Set-Cookie", "b"),
        TraceBody.truncated(kept, 2, 5_000_000_000L, "text/event-stream"),
        TraceBody.ofText("{\"id\":\"x\"}", "application/json"));
  }

  static TraceMetadata.Builder fullMetadata() {
    return TraceMetadata.builder()
        .provider("anthropic")
        .operation("chat")
        .requestModel("model-asked")
        .responseModel("model-used")
        .responseId("msg_1")
        .finishReasons(List.of("tool_use", "stop", "stop"))
        .toolCalls(
            List.of(
                ToolCall.of("call_1", "search", "{\"to\": \"Paris\"}"),
                ToolCall.of(null, "search", "not json")))
        .usage(usage(1))
        .timing(
            TraceTiming.builder()
                .toHeaders(Duration.ofNanos(1_000_001))
                .toFirstByte(Duration.ofNanos(2_000_002))
                .toFirstToken(Duration.ofNanos(3_000_003))
                .total(Duration.ofNanos(4_000_004))
                .chunkCount(17)
                .build())
        .retryCount(2);
  }

  static TokenUsage usage(long factor) {
    return TokenUsage.builder()
        .inputTokens(10 * factor)
        .outputTokens(20 * factor)
        .totalTokens(30 * factor)
        .cachedInputTokens(4 * factor)
        .cacheWriteTokens(5 * factor)
        .reasoningTokens(6 * factor)
        .build();
  }
}
