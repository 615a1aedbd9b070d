package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceStatus;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyCaptureTest {
  private static final int MIB = 1 << 20;

  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();
  private Recorder recorder;

  @AfterEach
  void close() {
    recorder.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 70_000, 3 * MIB})
  void aBodyIsKeptByteForByte(int size) {
    start(8 * MIB, 64 * MIB);
    byte[] bytes = randomBytes(size);

    TraceBody body = captured(bytes, 1_000, -1);

    assertThat(body.bytes()).isEqualTo(bytes);
    assertThat(body.isTruncated()).isFalse();
    assertThat(body.size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 7, -1",
    "1000, 100, -1",
    "1000, 100, 100000",
    "4096, 1, -1",
    "4096, 100000, 100000",
    "65536, 8192, -1",
    "65536, 8192, 100000",
  })
  void aLongBodyKeepsItsHeadAndTailAndTellsItsTrueSize(int limit, int piece, long expectedSize) {
    start(limit, 64 * MIB);
    byte[] bytes = randomBytes(100_000);

    TraceBody body = captured(bytes, piece, expectedSize);

    assertThat(body.isTruncated()).isTrue();
    assertThat(body.size()).isEqualTo(bytes.length);
    byte[] kept = body.bytes();
    int head = body.headLength();
    int tail = kept.length - head;
    assertThat(kept).hasSizeLessThanOrEqualTo(limit);
    assertThat(head).isGreaterThanOrEqualTo(limit / 2);
    assertThat(tail).isGreaterThanOrEqualTo(limit / 8);
    assertThat(Arrays.copyOf(kept, head)).isEqualTo(Arrays.copyOf(bytes, head));
    assertThat(Arrays.copyOfRange(kept, head, kept.length))
        .isEqualTo(Arrays.copyOfRange(bytes, bytes.length - tail, bytes.length));
  }

  @Test
  void aBodyOfExactlyTheLimitIsKeptWhole() {
    start(4_096, 64 * MIB);
    byte[] bytes = randomBytes(4_096);

    assertThat(captured(bytes, 100, -1).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9})
  void aTinyLimitKeepsAtMostThatMuch(int limit) {
    start(limit, 64 * MIB);

    TraceBody body = captured(randomBytes(100), 10, -1);

    assertThat(body.bytes()).hasSize(limit);
    assertThat(body.size()).isEqualTo(100);
  }

  @Test
  void withoutBudgetACallIsRecordedAllTheSame() {
    start(8 * MIB, 10_000);
    byte[] bytes = randomBytes(50_000);

    Trace first = trace(bytes, 1_000, -1);

    assertThat(first.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(first.response().body().isTruncated()).isTrue();
    assertThat(first.response().body().size()).isEqualTo(50_000);
    assertThat(first.response().body().bytes()).hasSizeLessThanOrEqualTo(10_000);
    assertThat(recorder.stats().cutBodies()).isEqualTo(1);
  }

  @Test
  void aBodyThatIsTooLongByItselfIsNotCountedAsCut() {
    start(10_000, 64 * MIB);

    assertThat(trace(randomBytes(50_000), 1_000, -1).response().body().isTruncated()).isTrue();
    assertThat(recorder.stats().cutBodies()).isZero();
  }

  @Test
  void allCapturesTogetherStayWithinTheBudget() {
    start(8 * MIB, 100_000);
    CallRecording first = responding();
    CallRecording second = responding();
    Calls.append(first.beginResponseBody(-1), randomBytes(90_000));
    Calls.append(second.beginResponseBody(-1), randomBytes(90_000));

    assertThat(recorder.stats().bufferedBytes()).isBetween(50_000L, 100_000L);

    first.readToEnd();
    second.readToEnd();
    assertThat(stored(second).response().body().isTruncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 512})
  void whatComesAfterAGapIsNotToldAsTheBodysBeginning(int before) {
    start(4_096, 2_048);
    byte[] bytes = randomBytes(3_000);
    CallRecording call = responding();
    BodyCapture body = call.beginResponseBody(-1);
    body.append(bytes, 0, before);
    CallRecording greedy = responding();
    Calls.append(greedy.beginResponseBody(-1), randomBytes(4_096));
    assertThat(recorder.stats().bufferedBytes()).isEqualTo(2_048);
    body.append(bytes, before, 1_000);
    greedy.readToEnd();
    stored(greedy);
    body.append(bytes, before + 1_000, 500);
    call.readToEnd();

    TraceBody kept = stored(call).response().body();
    assertThat(kept.headLength()).isEqualTo(before);
    assertThat(kept.size()).isEqualTo(before + 1_500);
    assertThat(Arrays.copyOf(kept.bytes(), before)).isEqualTo(Arrays.copyOf(bytes, before));
    assertThat(kept.bytes()).endsWith(Arrays.copyOfRange(bytes, before + 1_000, before + 1_500));
  }

  @Test
  void theBudgetIsGivenBackOnceTheTraceIsStored() {
    start(8 * MIB, 64 * MIB);
    captured(randomBytes(200_000), 1_000, -1);

    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2400, 2400, 2400",
    "70000, 70000, 74000",
    "34000, -1, 42000",
    "1000000, -1, 1008200"
  })
  void aBodyTakesHardlyMoreMemoryThanItsSize(int size, long expectedSize, long atMost) {
    start(8 * MIB, 64 * MIB);
    Calls.append(responding().beginResponseBody(expectedSize), randomBytes(size));

    assertThat(recorder.stats().bufferedBytes()).isBetween((long) size, atMost);
  }

  @Test
  void aBodyThatBeginsAfterTheEndTakesNoBudget() {
    start(8 * MIB, 64 * MIB);
    CallRecording call = responding();
    call.cancelled(null);
    stored(call);

    Calls.append(call.beginResponseBody(-1), randomBytes(10_000));

    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @Test
  void aRequestBodyWrittenAgainBeginsAnew() {
    start(8 * MIB, 64 * MIB);
    CallRecording call = recorder.begin(Calls.in("job-17"));
    Calls.append(call.beginRequestBody(-1), Calls.bytes("first attempt, cut o"));
    Calls.append(call.beginRequestBody(-1), Calls.bytes("second attempt"));
    call.requestSent();
    call.cancelled(null);

    assertThat(stored(call).request().body().text()).isEqualTo("second attempt");
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  private void start(int maxBodyBytes, long maxBufferedBytes) {
    RecorderOptions options =
        RecorderOptions.builder()
            .redactor(Redactor.none()) // which leaves what stands beside a gap
            .maxBodyBytes(maxBodyBytes)
            .maxBufferedBytes(maxBufferedBytes)
            .build();
    recorder = Recorder.start(storage, options);
  }

  private TraceBody captured(byte[] bytes, int piece, long expectedSize) {
    return trace(bytes, piece, expectedSize).response().body();
  }

  private Trace trace(byte[] bytes, int piece, long expectedSize) {
    CallRecording call = responding();
    BodyCapture body = call.beginResponseBody(expectedSize);
    for (int at = 0; at < bytes.length; at += piece) {
      body.append(bytes, at, Math.min(piece, bytes.length - at));
      body.arrived();
    }
    call.readToEnd();
    return stored(call);
  }

  private CallRecording responding() {
    CallRecording call = recorder.begin(Calls.in("job-17"));
    call.request("GET", Calls.URL, HttpHeaders::empty, null);
    call.response(200, HttpHeaders::empty);
    return call;
  }

  private Trace stored(CallRecording call) {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.getTrace(call.traceId()).orElseThrow();
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(42).nextBytes(bytes);
    return bytes;
  }
}
