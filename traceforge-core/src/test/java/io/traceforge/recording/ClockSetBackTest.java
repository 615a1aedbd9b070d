package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The system's clock is set while sessions run. */
@Timeout(60)
class ClockSetBackTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private volatile Duration offset = Duration.ZERO;
  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();
  private final Recorder recorder =
      Recorder.start(storage, RecorderOptions.builder().build(), () -> Instant.now().plus(offset));

  @AfterEach
  void close() {
    recorder.close();
  }

  private List<String> threeCallsWithTheClockSetAfterTheFirst(Duration by) {
    List<String> ids = new ArrayList<>();
    ids.add(Calls.succeeded(recorder, "s"));
    CallRecording underWay = Calls.sent(recorder, "s");
    ids.add(underWay.traceId());
    offset = by;
    Calls.respond(underWay, 200, Calls.RESPONSE);
    underWay.readToEnd();
    ids.add(Calls.succeeded(recorder, "s"));
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return ids;
  }

  @Test
  void callsStayInTheirOrderAndAreNotDatedBack() {
    List<String> ids = threeCallsWithTheClockSetAfterTheFirst(HOUR.negated());

    assertThat(storage.listTracesBySession("s")).extracting(Trace::id).isEqualTo(ids);
    assertThat(ids).doesNotHaveDuplicates();
    SessionMetadata metadata = storage.getSessionMetadata("s").orElseThrow();
    assertThat(metadata.durationMs()).isBetween(0L, HOUR.toMillis() / 2);
    assertThat(metadata.status()).isEqualTo(SessionStatus.IN_PROGRESS);
    recorder.updateSession(SessionUpdate.ended("s", Instant.now().minus(HOUR)));
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    assertThat(storage.getSessionMetadata("s").orElseThrow().status())
        .isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void whatACallTookIsNotMeasuredByTheClock() {
    threeCallsWithTheClockSetAfterTheFirst(HOUR.negated());

    assertThat(storage.listTracesBySession("s"))
        .extracting(trace -> trace.metadata().timing())
        .extracting(TraceTiming::total)
        .allSatisfy(total -> assertThat(total).isBetween(Duration.ZERO, HOUR.dividedBy(2)));
  }

  @Test
  void aSessionThatBeginsLaterGoesByTheClockAgain() {
    threeCallsWithTheClockSetAfterTheFirst(HOUR.negated());
    Calls.succeeded(recorder, "later");
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();

    assertThat(storage.listTracesBySession("later").get(0).startTime())
        .isBefore(Instant.now().minus(HOUR.dividedBy(2)));
  }

  @Test
  void aClockSetForwardIsFollowedAndNotBackAgain() {
    threeCallsWithTheClockSetAfterTheFirst(HOUR);

    assertThat(storage.listTracesBySession("s").get(2).startTime())
        .isAfter(Instant.now().plus(HOUR.dividedBy(2)));
    offset = Duration.ZERO;
    String last = Calls.succeeded(recorder, "s");
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    assertThat(storage.listTracesBySession("s").get(3).id()).isEqualTo(last);
  }
}
