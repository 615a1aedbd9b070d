package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.recording.ScriptedStorage.Gate;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing here holds a recording: a caller who forgets a response forgets its recording, too. */
@Timeout(60)
class ForgottenResponseTest {
  private final ScriptedStorage storage = new ScriptedStorage();
  private final List<Object> remembered = new ArrayList<>();
  private Recorder recorder =
      Recorder.start(storage, RecorderOptions.builder().queueCapacity(3).build());

  @AfterEach
  void close() {
    recorder.close();
  }

  @Test
  void aCallIsCancelledWhenItsResponseIsForgotten() {
    String id = answered(new Object());

    waitUntilAbandoned(id);
    assertThat(trace(id).response().body().text()).isEqualTo(Calls.RESPONSE);
    assertThat(trace(id).endTime()).isNotNull();
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @Test
  void itIsFoundLongAfterItsStartWasStored() {
    CallRecording call = Calls.sent(recorder, "s");
    String id = call.traceId();
    recorder.flush(Eventually.DEADLINE);
    assertThat(trace(id).status()).isEqualTo(TraceStatus.IN_PROGRESS);
    respond(call, new Object());
    call = null;

    waitUntilAbandoned(id);
  }

  @Test
  void itIsFoundThoughItWasHeldUntilItsStartWasStored() {
    remembered.add(new Object());
    String id = answered(remembered.get(0));
    recorder.flush(Eventually.DEADLINE);
    collectGarbage();
    remembered.clear();

    waitUntilAbandoned(id);
  }

  @Test
  void itIsFoundThoughItsRequestWasNeverSent() {
    CallRecording call = recorder.begin(Calls.in("s"));
    String id = call.traceId();
    respond(call, new Object());
    call = null;

    waitUntilAbandoned(id);
  }

  @Test
  void itIsFoundThoughThereWasNoRoomForItsStart() {
    Gate gate = plugged();
    IntStream.range(0, 3).forEach(i -> Calls.unsent(recorder, "full"));
    String id = answered(new Object());
    gate.open();

    waitUntilAbandoned(id);
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @Test
  void whoeverHoldsTheResponseMayTakeHisTime() {
    Object response = new Object();
    remembered.add(response);
    String held = answered(response);
    String forgotten = answered(new Object());

    waitUntilAbandoned(forgotten);
    assertThat(trace(held).status()).isEqualTo(TraceStatus.IN_PROGRESS);
  }

  @Test
  void aCallThatHasEndedIsNotHeld() {
    CallRecording call = Calls.sent(recorder, "s");
    recorder.flush(Eventually.DEADLINE);
    respond(call, new Object());
    call.readToEnd();
    recorder.flush(Eventually.DEADLINE);
    WeakReference<CallRecording> recording = new WeakReference<>(call);
    call = null;

    Eventually.waitUntil(
        "the recording is gone",
        () -> {
          System.gc();
          return recording.get() == null;
        });
  }

  /** It is the writer who tells of it: if he waited for room, nobody would make any. */
  @Test
  void theWriterDoesNotWaitForRoomInItsOwnQueueAndFindsSome() {
    recorder.close();
    recorder =
        Recorder.start(
            storage,
            RecorderOptions.builder()
                .queueCapacity(1)
                .overflowPolicy(OverflowPolicy.BLOCK)
                .blockTimeout(Eventually.DEADLINE.multipliedBy(10))
                .build());
    String id = answered(new Object());
    recorder.flush(Eventually.DEADLINE); // the start is stored, and the writer holds the call
    Gate gate = plugged();
    collectGarbage();
    Calls.unsent(recorder, "full");
    gate.open();

    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    waitUntilAbandoned(id);
    assertThat(recorder.stats().lostTraces()).isZero();
  }

  private Gate plugged() {
    Gate gate = storage.gated();
    Calls.unsent(recorder, "plug");
    gate.awaitWriter();
    return gate;
  }

  /** Twice: what the first round cleared is told when the second round's is. */
  private static void collectGarbage() {
    for (int round = 0; round < 2; round++) {
      ReferenceQueue<Object> told = new ReferenceQueue<>();
      WeakReference<Object> canary = new WeakReference<>(new Object(), told);
      Eventually.waitUntil(
          "garbage is collected",
          () -> {
            System.gc();
            return told.poll() == canary;
          });
    }
  }

  private String answered(Object response) {
    CallRecording call = Calls.sent(recorder, "s");
    respond(call, response);
    return call.traceId();
  }

  private static void respond(CallRecording call, Object response) {
    call.response(200, HttpHeaders::empty);
    Calls.append(call.beginResponseBody(-1), Calls.bytes(Calls.RESPONSE));
    call.endWhenForgotten(response);
  }

  private void waitUntilAbandoned(String id) {
    Eventually.waitUntil(
        "the response is missed",
        () -> {
          System.gc();
          recorder.flush(Eventually.DEADLINE);
          Optional<Trace> trace = storage.getTrace(id);
          return trace.isPresent() && trace.get().status() == TraceStatus.CANCELLED;
        });
    assertThat(trace(id).error().type()).isEqualTo("abandoned");
  }

  private Trace trace(String id) {
    return storage.getTrace(id).orElseThrow();
  }
}
