package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What earlier versions stored in the files that are kept as {@code schema-N.sql} among the test
 * resources. It must not change: the files do not.
 */
final class EarlierTraces {
  private static final String URL = "https://api.example.com/v1/chat/completions";
  private static final String LONG_TEXT = "The train to Paris leaves at nine. ".repeat(20);

  private EarlierTraces() {}

  /** Stores all of them. */
  static void storeIn(StorageBackend storage) {
    storage.saveTraces(all());
    storage.updateSession(SessionUpdate.ended("done", TestTraces.START.plusSeconds(9)));
    storage.updateSession(SessionUpdate.failed("broken", TestTraces.START.plusSeconds(9), "why"));
    storage.updateSession(SessionUpdate.lost("broken", TestTraces.START.plusSeconds(8), 3));
    storage.updateSession(
        SessionUpdate.timeout("empty", TestTraces.START.plusSeconds(7), Duration.ofMinutes(5)));
  }

  static List<Trace> all() {
    return List.of(
        chat(1, "done", 0).build(),
        chat(2, "done", 1).build(),
        failure(3, "broken", 0, 0),
        failure(4, "broken", 0, 1),
        hostile(5),
        stream(6),
        TestTraces.trace("open", 7).status(TraceStatus.IN_PROGRESS).stepIndex(3).build(),
        chat(8, null, 0).callNumber(0).build());
  }

  private static Trace.Builder chat(int n, String session, int step) {
    String request =
        "{\"model\": \"m-1\",\n \"messages\" :[{\"role\":\"system\",\"content\":\""
            + LONG_TEXT
            + "\"}, {\"role\":\"user\",\"content\":\"question "
            + n
            + "\"}],\"n\":1.0}";
    String response =
        "{\"id\":\"r\",\"choices\":[{\"message\":{\"content\":\"" + LONG_TEXT + n + "\"}}]}";
    return TestTraces.trace(session, n)
        .stepIndex(step)
        .stateJson("{\"goal\":\"Paris\", \"n\":" + n + "}")
        .parentTraceId(n == 2 ? TestTraces.id(1) : null)
        .request(
            TraceRequest.of(
                "POST",
                URL + "?n=" + n,
                HttpHeaders.of("Accept", "*/*", "X-A", "1", "x-a", "2"),
                TraceBody.ofText(request, "application/json; charset=utf-8")))
        .response(
            TraceResponse.of(
                200,
                HttpHeaders.of("Content-Type", "application/json"),
                TraceBody.ofText(response, "application/json"),
                null))
        .metadata(metadata().build());
  }

  private static TraceMetadata.Builder metadata() {
    return TraceMetadata.builder()
        .provider("openai")
        .operation("chat")
        .requestModel("m-1")
        .responseModel("m-1-2026")
        .responseId("r")
        .finishReasons(List.of("stop"))
        .toolCalls(List.of(ToolCall.of("c1", "find", "{\"to\":\"Paris\"}")))
        .usage(TokenUsage.builder().inputTokens(10L).outputTokens(5L).totalTokens(15L).build())
        .timing(
            TraceTiming.builder()
                .toHeaders(Duration.ofMillis(2))
                .toFirstByte(Duration.ofMillis(3))
                .total(Duration.ofNanos(5_000_001))
                .chunkCount(2)
                .build());
  }

  private static Trace failure(int n, String session, int step, int retry) {
    return TestTraces.trace(session, n)
        .stepIndex(step)
        .status(TraceStatus.ERROR)
        .request(TestTraces.request("{\"same\":true}"))
        .error(TraceError.of("overloaded_error", "try later", "529"))
        .metadata(metadata().retryCount(retry).build())
        .build();
  }

  private static Trace hostile(int n) {
    byte[] bytes = {0, 1, 0x1e, 0x1f, (byte) 0xff, (byte) 0xc3};
    return TestTraces.trace("odd\ud800", n)
        .request(
            TraceRequest.of(
                "PUT\u0000", URL, HttpHeaders.of("A", "\ud83d\ude00"), TraceBody.of(bytes, null)))
        .error(TraceError.of("cancelled", null, null))
        .status(TraceStatus.CANCELLED)
        .build();
  }

  private static Trace stream(int n) {
    byte[] kept = "data: {\"a\":1}\n\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
    return chat(n, "done", 2)
        .response(
            TraceResponse.of(
                200,
                HttpHeaders.of("Content-Type", "text/event-stream"),
                TraceBody.truncated(kept, 12, 5_000_000_000L, "text/event-stream"),
                TraceBody.ofText("{\"a\":1,\"text\":\"" + LONG_TEXT + "\"}", "application/json")))
        .build();
  }
}
