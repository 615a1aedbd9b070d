package io.traceforge.viewer;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.time.Instant;

/** Traces of one call, with as little in them as will do where there are many. */
final class Plain {
  private Plain() {}

  static Trace call(String session, int step, Instant start, String model) {
    return trace(session, step, start, model, null).status(TraceStatus.SUCCESS).build();
  }

  static Trace failure(String session, int step, Instant start, String model) {
    return trace(session, step, start, model, null)
        .status(TraceStatus.ERROR)
        .error(TraceError.of("server_error", "The server is overloaded", null))
        .build();
  }

  static Trace saying(String text, String session, Instant start, String model) {
    String json = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    return trace(session, 0, start, model, TraceBody.ofText(json, "application/json"))
        .status(TraceStatus.SUCCESS)
        .build();
  }

  private static Trace.Builder trace(
      String session, int step, Instant start, String model, TraceBody body) {
    return Trace.builder()
        .id(session + "-" + (step + 1))
        .sessionId(session)
        .stepIndex(step)
        .callNumber(step + 1)
        .startTime(start)
        .request(
            TraceRequest.of(
                "POST", "http://127.0.0.1/v1/chat/completions", HttpHeaders.empty(), body))
        .metadata(
            TraceMetadata.builder()
                .provider("openai")
                .requestModel(model)
                .usage(TokenUsage.builder().totalTokens(100L + step).build())
                .timing(TraceTiming.builder().total(Duration.ofMillis(40)).build())
                .build());
  }
}
