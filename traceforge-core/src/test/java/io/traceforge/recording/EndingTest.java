package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static final String LENGTH = Integer.toString(Calls.RESPONSE.length());

  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();
  private final Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build());
  private final CallRecording call = Calls.sent(recorder, "job-17");

  @AfterEach
  void close() {
    recorder.close();
  }

  @Test
  void readToItsEndIsSuccess() {
    Calls.respond(call, 200, Calls.RESPONSE);
    call.readToEnd();

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace().error()).isNull();
  }

  @Test
  void anErrorStatusIsAnErrorEvenIfReadToItsEnd() {
    Calls.respond(call, 404, "nothing here");
    call.readToEnd();

    assertEnded(TraceStatus.ERROR, "http_404");
    assertThat(trace().response().body().text()).isEqualTo("nothing here");
  }

  @Test
  void anErrorStatusIsAnErrorEvenIfClosedUnread() {
    call.response(503, HttpHeaders::empty);
    call.closed(0);

    assertEnded(TraceStatus.ERROR, "http_503");
  }

  @Test
  void closedWithAllBytesReceivedIsSuccess() {
    Calls.respond(call, 200, Calls.RESPONSE, "Content-Length", LENGTH);
    call.closed(Long.parseLong(LENGTH));

    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void closedBeforeTheEndIsCancelled() {
    Calls.respond(call, 200, "{\"ans", "Content-Length", LENGTH);
    call.closed(5);

    assertEnded(TraceStatus.CANCELLED, "closed");
    assertThat(trace().response().body().text()).isEqualTo("{\"ans");
  }

  @Test
  void closedWithoutKnowingTheLengthIsCancelled() {
    Calls.respond(call, 200, "data");
    call.closed(4);

    assertEnded(TraceStatus.CANCELLED, "closed");
  }

  @Test
  void whatWasReadAfterTheCallerClosedDoesNotMakeItASuccess() {
    Calls.respond(call, 200, Calls.RESPONSE, "Content-Length", LENGTH);
    call.closed(5);

    assertEnded(TraceStatus.CANCELLED, "closed");
    assertThat(trace().response().body().text()).isEqualTo(Calls.RESPONSE);
  }

  @Test
  void anExceptionIsAnErrorThatNamesIt() {
    call.failed(new SocketTimeoutException("timeout after 10 s"));

    assertEnded(TraceStatus.ERROR, "java.net.SocketTimeoutException");
    assertThat(trace().error().message()).isEqualTo("timeout after 10 s");
    assertThat(trace().response()).isNull();
  }

  @Test
  void anExceptionInTheBodyIsAnErrorThatKeepsWhatCame() {
    Calls.respond(call, 200, "{\"ans");
    call.failed(new SocketTimeoutException());

    assertEnded(TraceStatus.ERROR, "java.net.SocketTimeoutException");
    assertThat(trace().error().message()).isNull();
    assertThat(trace().response().body().text()).isEqualTo("{\"ans");
  }

  @Test
  void cancelledByTheCallerIsCancelled() {
    call.cancelled(new SocketTimeoutException("Canceled"));

    assertEnded(TraceStatus.CANCELLED, "cancelled");
  }

  private void assertEnded(TraceStatus status, String type) {
    assertThat(trace().status()).isEqualTo(status);
    assertThat(trace().error().type()).isEqualTo(type);
    assertThat(trace().endTime()).isNotNull();
  }

  private Trace trace() {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.getTrace(call.traceId()).orElseThrow();
  }
}
