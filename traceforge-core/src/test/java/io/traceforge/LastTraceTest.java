package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.recording.CallRecording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastTraceTest {
  private final TraceForge traceForge = TraceForge.open("memory:");
  private final SessionTracker session = traceForge.startSession();

  @AfterEach
  void close() {
    traceForge.close();
  }

  @Test
  void aSessionKnowsTheTraceOfItsLastCall() {
    assertThat(session.getLastTraceId()).isNull();

    CallRecording first = call(session);
    assertThat(session.getLastTraceId()).isEqualTo(first.traceId());
    CallRecording second = call(session);
    call(traceForge.startSession());
    first.readToEnd();
    assertThat(session.getLastTraceId()).isEqualTo(second.traceId());
  }

  @Test
  void aCallThatWasNotSentIsNoneYet() {
    traceForge.beginCall(session.context());

    assertThat(session.getLastTraceId()).isNull();
  }

  @Test
  void aSubAgentIsMadeForIt() {
    CallRecording call = call(session);

    SessionTracker child = session.newChildSession(session.getLastTraceId());

    assertThat(child.getParentTraceId()).isEqualTo(call.traceId());
    assertThat(child.getLastTraceId()).isNull();
  }

  @Test
  void aSessionThatNobodyRecordsHasNone() {
    assertThat(new SessionTracker().getLastTraceId()).isNull();
  }

  private CallRecording call(SessionTracker session) {
    CallRecording call = traceForge.beginCall(session.context());
    call.requestSent();
    return call;
  }
}
