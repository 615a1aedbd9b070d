package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.recording.ScriptedStorage.Gate;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OverflowTest {
  private final ScriptedStorage storage = new ScriptedStorage();
  private Gate gate = storage.gated();
  private Recorder recorder;

  @BeforeEach
  void start() {
    recorder = Recorder.start(storage, RecorderOptions.builder().queueCapacity(3).build());
    Calls.unsent(recorder, "plug");
    gate.awaitWriter();
  }

  @AfterEach
  void close() {
    gate.open();
    recorder.close();
  }

  @Test
  void whatFindsTheQueueFullIsDroppedAndCounted() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> Calls.unsent(recorder, "s")).toList();

    assertThat(recorder.stats().lostTraces()).isEqualTo(2);
    assertThat(recorder.stats().queuedEntries()).isEqualTo(3);
    gate.open();
    assertThat(storedIds()).containsExactlyInAnyOrderElementsOf(ids.subList(0, 3));
  }

  @Test
  void startsGiveWayToEnds() {
    Recorder another = Recorder.start(storage, RecorderOptions.builder().queueCapacity(10).build());
    Calls.unsent(another, "plug");
    Eventually.waitUntil("the writer has it", () -> another.stats().queuedEntries() == 0);
    List<CallRecording> calls =
        IntStream.range(0, 10).mapToObj(i -> Calls.sent(another, "s")).toList();
    assertThat(another.stats().queuedEntries()).isEqualTo(5);

    for (CallRecording call : calls) {
      Calls.respond(call, 200, Calls.RESPONSE);
      call.readToEnd();
    }
    assertThat(another.stats().queuedEntries()).isEqualTo(10);
    assertThat(another.stats().lostTraces()).isZero();
    gate.open();
    another.close();
    assertThat(another.stats().storedTraces()).isEqualTo(11);
  }

  @Test
  void endsOfSessionsFindRoomInAFullQueue() {
    for (int i = 0; i < 100; i++) {
      Calls.unsent(recorder, "s" + i);
      recorder.updateSession(SessionUpdate.ended("s" + i, Instant.now()));
    }
    gate.open();
    recorder.close();

    for (int i = 0; i < 100; i++) {
      assertThat(storage.getSessionMetadata("s" + i).orElseThrow().status())
          .isNotEqualTo(SessionStatus.IN_PROGRESS);
    }
    assertThat(recorder.stats().lostUpdates()).isZero();
    recorder.updateSession(SessionUpdate.ended("late", Instant.now()));
    assertThat(recorder.stats().lostUpdates()).isEqualTo(1);
  }

  @Test
  void theSessionIsToldOfItsLossOnceStorageWorksAgain() {
    for (int i = 0; i < 5; i++) {
      Calls.unsent(recorder, "s");
    }
    Calls.unsent(recorder, "all of it lost");
    gate.open();

    assertThat(metadata("s").lostTraces()).isEqualTo(2);
    assertThat(metadata("s").totalTraces()).isEqualTo(3);
    assertThat(metadata("all of it lost").lostTraces()).isEqualTo(1);
    assertThat(metadata("plug").lostTraces()).isZero();
  }

  @Test
  void aLossIsToldOnce() {
    for (int i = 0; i < 5; i++) {
      Calls.unsent(recorder, "s");
    }
    gate.open();
    metadata("s");
    Calls.unsent(recorder, "s");

    assertThat(metadata("s").lostTraces()).isEqualTo(2);
    assertThat(recorder.stats().lostTraces()).isEqualTo(2);
  }

  @Test
  void aDroppedCallGivesItsBytesBack() {
    for (int i = 0; i < 5; i++) {
      CallRecording call = recorder.begin(Calls.in("s"));
      Calls.respond(call, 200, "x".repeat(10_000));
      call.readToEnd();
    }
    gate.open();
    storedIds();

    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @Test
  void aStartThatWaitsHasRoomForItsEnd() {
    Calls.unsent(recorder, "s");
    Calls.unsent(recorder, "s");
    String id = Calls.succeeded(recorder, "s");
    gate.open();

    assertThat(storedIds()).contains(id);
    assertThat(storage.getTrace(id).orElseThrow().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(recorder.stats().lostTraces()).isZero();
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @Test
  void aCallWhoseEndIsDroppedLeavesItsRequestBehind() {
    CallRecording call = startInTheWritersHands();
    for (int i = 0; i < 3; i++) {
      Calls.unsent(recorder, "s");
    }
    Calls.respond(call, 200, Calls.RESPONSE);
    call.readToEnd();
    gate.open();
    storedIds();

    assertLeftBehind(call);
    assertThat(metadata("s").lostTraces()).isEqualTo(1);
  }

  @Test
  void aRequestSentTwiceIsLeftBehindToo() {
    CallRecording call = startInTheWritersHands();
    for (int i = 0; i < 3; i++) {
      Calls.unsent(recorder, "s");
    }
    Calls.append(call.beginRequestBody(-1), Calls.bytes(Calls.REQUEST));
    call.requestSent();
    call.cancelled(null);
    gate.open();
    storedIds();

    assertLeftBehind(call);
  }

  @Test
  void aRequestSentTwiceEndsWithTheStartThatWaits() {
    Calls.unsent(recorder, "s");
    Calls.unsent(recorder, "s");
    CallRecording call = Calls.sent(recorder, "s");
    Calls.append(call.beginRequestBody(-1), Calls.bytes(Calls.REQUEST));
    call.requestSent();
    call.cancelled(null);
    gate.open();
    storedIds();

    Trace trace = storage.getTrace(call.traceId()).orElseThrow();
    assertThat(trace.status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(trace.request().body().text()).isEqualTo(Calls.REQUEST);
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  private CallRecording startInTheWritersHands() {
    gate.open();
    recorder.flush(Eventually.DEADLINE);
    gate = storage.gated();
    CallRecording call = Calls.sent(recorder, "s");
    gate.awaitWriter();
    return call;
  }

  private void assertLeftBehind(CallRecording call) {
    Trace trace = storage.getTrace(call.traceId()).orElseThrow();
    assertThat(trace.status()).isEqualTo(TraceStatus.IN_PROGRESS);
    assertThat(trace.request().body().text()).isEqualTo(Calls.REQUEST);
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @Test
  void theEndOfASessionIsRecordedThoughTheQueueIsFull() {
    for (int i = 0; i < 5; i++) {
      Calls.unsent(recorder, "s");
    }
    recorder.updateSession(SessionUpdate.failed("s", Instant.now(), "no flight left"));
    gate.open();

    assertThat(metadata("s").status()).isEqualTo(SessionStatus.FAILED);
    assertThat(metadata("s").statusReason()).isEqualTo("no flight left");
  }

  private List<String> storedIds() {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.listTracesBySession("s").stream().map(Trace::id).toList();
  }

  private SessionMetadata metadata(String sessionId) {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.getSessionMetadata(sessionId).orElseThrow();
  }
}
