package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.redaction.Redactor;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.FinalState;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecorderRedactionTest {
  private static final String URL = "https://user:hunter2@api.example.com/v1/things?key=hunter2";

  @Test
  void noSecretReachesTheBackend() {
    ScriptedStorage storage = new ScriptedStorage();
    try (Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build())) {
      CallRecording started = begin(recorder);
      CallRecording failed = begin(recorder);
      failed.failed(new IOException("could not reach " + URL));
      CallRecording redirected = begin(recorder);
      redirected.response(302, () -> HttpHeaders.of("Location", URL, "Set-Cookie", "sid=hunter2"));
      redirected.readToEnd();
      started.cancelled(null);
    }

    List<Trace> traces = storage.saves().stream().flatMap(List::stream).toList();
    assertThat(traces).hasSizeGreaterThanOrEqualTo(3);
    assertThat(traces.toString()).doesNotContain("hunter2").contains("REDACTED");
    assertThat(traces)
        .flatExtracting(RecorderRedactionTest::headerValues)
        .contains("[REDACTED]")
        .noneMatch(value -> value.contains("hunter2"));
  }

  @Test
  void theReasonOfASessionsFailureIsRedacted() {
    ScriptedStorage storage = new ScriptedStorage();
    try (Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build())) {
      recorder.updateSession(SessionUpdate.failed("s", Instant.EPOCH, "refused: " + URL));
    }

    assertThat(storage.getSessionMetadata("s").orElseThrow().toString())
        .contains("refused: https://REDACTED@api.example.com/v1/things?key=[REDACTED]");
  }

  @Test
  void theStateAtASessionsEndIsRedacted() {
    ScriptedStorage storage = new ScriptedStorage();
    FinalState stood = FinalState.of(2, "{\"password\":\"hunter2\",\"max_tokens\":5}");
    try (Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build())) {
      recorder.updateSession(SessionUpdate.ended("s", Instant.EPOCH).withFinalState(stood));
    }

    assertThat(storage.getSessionMetadata("s").orElseThrow().finalState())
        .isEqualTo(FinalState.of(2, "{\"password\":\"[REDACTED]\",\"max_tokens\":5}"));
  }

  @Test
  void anotherRedactorTakesTheDefaultsPlace() {
    ScriptedStorage storage = new ScriptedStorage();
    RecorderOptions options = RecorderOptions.builder().redactor(Redactor.none()).build();
    try (Recorder recorder = Recorder.start(storage, options)) {
      begin(recorder).failed(new IOException("could not reach " + URL));
    }

    assertThat(storage.saves().stream().flatMap(List::stream).toList().toString())
        .contains(URL)
        .doesNotContain("REDACTED");
  }

  /** What a protocol fails over may be quoted in the message, before anything was taken out. */
  @Test
  void aLogTellsOfAFailureWithoutItsMessage() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream err = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      Problems problems = new Problems();
      problems.internalError(
          "A protocol failed",
          new IllegalStateException("at hunter2", new NumberFormatException("\"hunter2\"")));
      problems.log();
    } finally {
      System.setErr(err);
    }

    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("A protocol failed")
        .contains("java.lang.IllegalStateException")
        .contains("java.lang.NumberFormatException")
        .contains("RecorderRedactionTest.aLogTellsOfAFailureWithoutItsMessage")
        .doesNotContain("hunter2");
  }

  private static CallRecording begin(Recorder recorder) {
    CallRecording call = recorder.begin(Calls.in("s"));
    call.request(
        "GET",
        URL,
        () -> HttpHeaders.of("Authorization", "Bearer hunter2", "x-api-key", "hunter2"),
        null);
    call.requestSent();
    return call;
  }

  /** Headers tell their names only in their own text. */
  private static List<String> headerValues(Trace trace) {
    HttpHeaders response =
        trace.response() == null ? HttpHeaders.empty() : trace.response().headers();
    return Stream.of(trace.request().headers(), response)
        .flatMap(headers -> headers.fields().stream())
        .map(HttpHeaders.Field::value)
        .toList();
  }
}
