package io.traceforge.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.SessionTimeline.Gap;
import io.traceforge.trace.SessionTimeline.Step;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A timeline adds up to the session's figures, whatever was recorded. */
class TimelineTotalsTest {

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void addsUp(long seed) {
    Random random = new Random(seed);
    InMemoryStorageBackend storage = new InMemoryStorageBackend();
    storage.saveTraces(traces(random));
    if (random.nextBoolean()) {
      storage.updateSession(SessionUpdate.lost("session", Traces.at(0), random.nextInt(20)));
    }
    SessionTimeline timeline = storage.getTimeline("session").orElseThrow();
    SessionMetadata session = timeline.metadata();
    List<Trace> attempts =
        timeline.calls().stream().flatMap(call -> call.attempts().stream()).toList();

    assertThat(session).isEqualTo(storage.getSessionMetadata("session").orElseThrow());
    assertThat(timeline.steps()).hasSize(session.totalSteps());
    assertThat(timeline.calls()).hasSize(session.totalCalls());
    assertThat(attempts).hasSize(session.totalTraces()).doesNotHaveDuplicates();
    assertThat(attempts.size() - timeline.calls().size()).isEqualTo(session.retryCount());
    assertThat(attempts.stream().filter(trace -> trace.status() == TraceStatus.ERROR))
        .hasSize(session.errorCount());
    assertThat(usage(timeline)).isEqualTo(session.usage());
    assertThat(longest(timeline)).isEqualTo(session.durationMs());
    assertThat(lost(timeline)).isEqualTo(session.lostTraces());
    assertThat(timeline.calls()).allMatch(call -> call.offsetMs() >= 0);
    timeline.steps().forEach(TimelineTotalsTest::parallelMeansOverlap);
  }

  private static TokenUsage usage(SessionTimeline timeline) {
    return timeline.steps().stream()
        .map(Step::usage)
        .reduce(TokenUsage.unknown(), TokenUsage::plus);
  }

  private static long longest(SessionTimeline timeline) {
    return timeline.steps().stream()
        .filter(step -> step.calls().stream().anyMatch(call -> call.endTime() != null))
        .mapToLong(step -> step.offsetMs() + step.durationMs())
        .max()
        .orElse(0);
  }

  private static long lost(SessionTimeline timeline) {
    return timeline.lostElsewhere() + timeline.gaps().stream().mapToLong(Gap::size).sum();
  }

  /** By the definition, pair by pair. */
  private static void parallelMeansOverlap(Step step) {
    List<Call> calls = step.calls();
    for (int i = 0; i < calls.size(); i++) {
      boolean overlaps = false;
      for (int j = 0; j < calls.size(); j++) {
        overlaps |= j < i && reaches(calls.get(j), calls.get(i));
        overlaps |= j > i && reaches(calls.get(i), calls.get(j));
      }
      assertThat(calls.get(i).parallel()).isEqualTo(overlaps);
    }
  }

  private static boolean reaches(Call earlier, Call later) {
    return !earlier.status().isFinal()
        || (earlier.endTime() != null && later.startTime().isBefore(earlier.endTime()));
  }

  private static List<Trace> traces(Random random) {
    List<Trace> traces = new ArrayList<>();
    int number = 0;
    for (int n = random.nextInt(25); n >= 0; n--) {
      number += random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 1;
      traces.add(trace(random, number));
    }
    return traces;
  }

  private static Trace trace(Random random, int number) {
    long start = random.nextInt(400);
    boolean open = random.nextInt(8) == 0;
    long end = start + random.nextInt(100);
    String id = "trace-" + number;
    Trace.Builder trace =
        open
            ? Traces.open(id, start)
            : random.nextInt(3) == 0 ? Traces.failed(id, start, end) : Traces.trace(id, start, end);
    if (!open && random.nextBoolean()) {
      long tokens = random.nextInt(1_000);
      TokenUsage usage =
          TokenUsage.builder()
              .inputTokens(random.nextBoolean() ? tokens : null)
              .totalTokens(tokens)
              .build();
      trace.metadata(Traces.took(end - start).requestModel("m").usage(usage).build());
    }
    return trace
        .callNumber(number)
        .stepIndex(random.nextInt(5))
        .request(Traces.request("" + random.nextInt(3)))
        .build();
  }
}
