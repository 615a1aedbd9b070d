package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TokenUsage;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read is equal to what was written. */
abstract class RoundTripTests extends ContractTests {
  RoundTripTests(StorageBackendContract contract) {
    super(contract);
  }

  private void comesBackEqual(Trace trace) {
    save(trace);
    assertThat(stored(trace.id())).isEqualTo(trace);
    assertThat(storage.listTraces(TraceQuery.all()).items()).containsExactly(trace);
    if (trace.sessionId() != null) {
      assertThat(storage.listTracesBySession(trace.sessionId())).containsExactly(trace);
    }
  }

  private void bodyComesBackEqual(@Nullable TraceBody body) {
    Trace trace =
        Samples.full(1)
            .request(TraceRequest.of("POST", "http://a/", HttpHeaders.empty(), body))
            .response(TraceResponse.of(200, HttpHeaders.empty(), body, body))
            .build();
    comesBackEqual(trace);
  }

  @Test
  void aTraceInWhichEverythingIsSet() {
    comesBackEqual(Samples.full(1).build());
  }

  @Test
  void aTraceInWhichNothingIsSet() {
    comesBackEqual(Samples.bare(1).build());
  }

  @Test
  void anUnknownTraceIsNotThere() {
    assertThat(storage.getTrace(Samples.id(1))).isEmpty();
    assertThat(storage.listTracesBySession("unknown")).isEmpty();
  }

  @Test
  void everyStatus() {
    for (TraceStatus status : TraceStatus.values()) {
      // In this order each may replace the one before.
      comesBackEqual(Samples.full(1).status(status).build());
    }
  }

  @Test
  void aResponseWithoutBody() {
    comesBackEqual(
        Samples.full(1).response(TraceResponse.of(204, HttpHeaders.empty(), null, null)).build());
  }

  @Test
  void anAbsentBody() {
    bodyComesBackEqual(null);
  }

  @Test
  void anEmptyBody() {
    bodyComesBackEqual(TraceBody.of(new byte[0], null));
  }

  @Test
  void aBodyOfWhichOnlyTheSizeIsKnown() {
    bodyComesBackEqual(TraceBody.truncated(new byte[0], 0, 12_345, "application/x-unknown"));
  }

  @Test
  void aTruncatedBody() {
    byte[] kept = "the head…the tail".getBytes(StandardCharsets.UTF_8);
    bodyComesBackEqual(TraceBody.truncated(kept, 8, 1L << 40, "text/plain"));
  }

  @Test
  void aBodyThatWasCutButLacksNothing() {
    bodyComesBackEqual(TraceBody.truncated(new byte[] {1, 2, 3}, 1, 3, null));
  }

  @Test
  void aBinaryBody() {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    bodyComesBackEqual(TraceBody.of(bytes, "application/octet-stream"));
  }

  @Test
  void aBodyInAnotherCharset() {
    byte[] bytes = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
    bodyComesBackEqual(TraceBody.of(bytes, "text/plain; charset=iso-8859-1"));
  }

  @Test
  void headersInTheirOrderWithDuplicatesAndEmptyValues() {
    HttpHeaders headers = HttpHeaders.of("b", "1", "A", "2", "B", "", "a", "2", "b", "1");
    Trace trace =
        Samples.full(1)
            .request(TraceRequest.of("POST", "http://a/", headers, null))
            .response(TraceResponse.of(200, headers, null, null))
            .build();
    comesBackEqual(trace);
  }

  @Test
  void anErrorWithoutMessageAndCode() {
    comesBackEqual(Samples.full(1).error(TraceError.of("http_500", null, null)).build());
    comesBackEqual(Samples.full(1).error(TraceError.of("", "", "")).build());
  }

  @Test
  void zeroIsNotUnknown() {
    TokenUsage zero = TokenUsage.builder().inputTokens(0L).reasoningTokens(0L).build();
    TraceTiming timing = TraceTiming.builder().total(Duration.ZERO).build();
    TraceMetadata metadata =
        TraceMetadata.builder().usage(zero).timing(timing).retryCount(0).provider("").build();
    comesBackEqual(Samples.full(1).parentTraceId("").metadata(metadata).build());
  }

  @Test
  void greatNumbers() {
    TokenUsage usage = TokenUsage.builder().inputTokens(Long.MAX_VALUE).build();
    TraceMetadata metadata = TraceMetadata.builder().usage(usage).retryCount(-1).build();
    comesBackEqual(
        Samples.full(1)
            .stepIndex(Integer.MAX_VALUE)
            .callNumber(Integer.MAX_VALUE)
            .metadata(metadata)
            .build());
  }

  @Test
  void stateAsItWasWritten() {
    comesBackEqual(Samples.full(1).stateJson("{ \"b\" : 1.00,\n\"a\":1e400, \"b\":2 }").build());
  }

  @Test
  void aBatchComesBackWhole() {
    List<Trace> batch = Arrays.asList(Samples.bare(1).build(), Samples.full(2).build());
    storage.saveTraces(batch);
    assertThat(storage.listTraces(TraceQuery.all()).items()).containsExactlyElementsOf(batch);
  }
}
