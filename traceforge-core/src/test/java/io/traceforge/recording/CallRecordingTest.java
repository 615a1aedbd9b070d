package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.recording.ScriptedStorage.Gate;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallRecordingTest {
  private final ScriptedStorage storage = new ScriptedStorage();
  private final Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build());

  @AfterEach
  void close() {
    recorder.close();
  }

  @Test
  void aCallIsStoredAsInProgressWhenItsRequestIsSent() {
    CallRecording call = Calls.sent(recorder, "job-17");

    Trace trace = stored(call.traceId());
    assertThat(trace.status()).isEqualTo(TraceStatus.IN_PROGRESS);
    assertThat(trace.request().method()).isEqualTo("POST");
    assertThat(trace.request().url()).isEqualTo(Calls.URL);
    assertThat(trace.request().headers().get("accept")).isEqualTo("*/*");
    assertThat(trace.request().body().text()).isEqualTo(Calls.REQUEST);
    assertThat(trace.request().body().mediaType()).isEqualTo("application/json");
    assertThat(trace.response()).isNull();
    assertThat(trace.endTime()).isNull();
  }

  @Test
  void theEndReplacesTheStart() {
    CallRecording call = Calls.sent(recorder, "job-17");
    flush();
    Calls.respond(call, 200, Calls.RESPONSE, "Content-Type", "application/json");
    call.readToEnd();

    Trace trace = stored(call.traceId());
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.request().body().text()).isEqualTo(Calls.REQUEST);
    assertThat(trace.response().statusCode()).isEqualTo(200);
    assertThat(trace.response().body().text()).isEqualTo(Calls.RESPONSE);
    assertThat(trace.response().body().mediaType()).isEqualTo("application/json");
    assertThat(trace.endTime()).isNotNull();
    assertThat(storage.savesOf(call.traceId())).hasSize(2);
  }

  @Test
  void startAndEndThatMeetInTheQueueAreOneSave() {
    Gate gate = storage.gated();
    Calls.sent(recorder, "plug");
    gate.awaitWriter();
    String id = Calls.succeeded(recorder, "job-17");
    gate.open();

    assertThat(stored(id).status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(storage.savesOf(id)).hasSize(1);
  }

  @Test
  void theFirstEndWins() {
    CallRecording call = Calls.sent(recorder, "job-17");
    Calls.respond(call, 200, Calls.RESPONSE);
    call.readToEnd();
    call.cancelled(null);
    call.closed(0);
    call.failed(new IllegalStateException("late"));
    call.requestSent();

    assertThat(stored(call.traceId()).status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(recorder.stats().storedTraces()).isEqualTo(1);
  }

  @Test
  void whatComesAfterTheEndIsNotPartOfTheTrace() {
    CallRecording call = Calls.sent(recorder, "job-17");
    call.response(200, HttpHeaders::empty);
    BodyCapture body = call.beginResponseBody(-1);
    Calls.append(body, Calls.bytes("in time"));
    call.cancelled(null);
    Calls.append(body, Calls.bytes(" too late"));

    assertThat(stored(call.traceId()).response().body().text()).isEqualTo("in time");
  }

  @Test
  void theTraceTellsWhereInTheSessionTheCallWasMade() {
    CallRecording call =
        recorder.begin(new SessionPosition("job-17", 3, "trace-1", "{\"k\":1}", false));
    call.failed(new IllegalStateException());

    Trace trace = stored(call.traceId());
    assertThat(trace.sessionId()).isEqualTo("job-17");
    assertThat(trace.stepIndex()).isEqualTo(3);
    assertThat(trace.parentTraceId()).isEqualTo("trace-1");
    assertThat(trace.stateSnapshot()).hasToString("{\"k\":1}");
    assertThat(call.position().stepIndex()).isEqualTo(3);
  }

  @Test
  void aCallWithoutSessionIsRecordedToo() {
    CallRecording call = recorder.begin(SessionPosition.NONE);
    call.failed(new IllegalStateException());

    assertThat(stored(call.traceId()).sessionId()).isNull();
    assertThat(stored(call.traceId()).callNumber()).isZero();
  }

  @Test
  void traceIdsAreVersionSevenUuids() {
    UUID id = UUID.fromString(recorder.begin(SessionPosition.NONE).traceId());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void timesAreToldInOrder() {
    String id = Calls.succeeded(recorder, "job-17");

    var timing = stored(id).metadata().timing();
    assertThat(timing.toHeaders()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(timing.toFirstByte()).isGreaterThanOrEqualTo(timing.toHeaders());
    assertThat(timing.total()).isGreaterThanOrEqualTo(timing.toFirstByte());
    assertThat(timing.chunkCount()).isEqualTo(1);
  }

  private Trace stored(String traceId) {
    flush();
    return storage.getTrace(traceId).orElseThrow();
  }

  private void flush() {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
  }
}
