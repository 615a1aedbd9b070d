package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program with little memory whose storage is stalled while much passes by. */
@Timeout(180)
class LittleMemoryTest {
  private static final int STREAMS = 500;
  private static final int EVENTS = 1_060; // 1 MiB
  private static final int QUEUE = 300;
  private static final List<String> FLAGS = List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError");

  @TempDir Path folder;

  @Test
  void callersGetEveryByteAndTheRecordTellsWhatItDoesNotHold() throws Exception {
    Path file = folder.resolve("traces.db");
    long stored;
    long lost;
    try (Provider provider = new Provider();
        ChildJvm program =
            ChildJvm.start(
                folder,
                List.of(),
                FLAGS,
                ManyStreams.class,
                file.toString(),
                provider.url("events/" + EVENTS),
                "" + STREAMS,
                "" + QUEUE)) {
      assertThat(program.awaitExit()).as("%s", program).isZero();
      assertThat(told(program, "bytes ")).isEqualTo(STREAMS * Provider.bytesOf(EVENTS));
      long budget = told(program, "budget ");
      // Whoever asks in vain is counted for a moment.
      assertThat(told(program, "most buffered ")).isBetween(1L, budget + budget / 10);
      assertThat(told(program, "left ")).isZero();
      assertThat(told(program, "internal errors ")).as("%s", program).isZero();
      stored = told(program, "stored ");
      lost = told(program, "lost ");
    }
    assertThat(lost).isPositive();
    assertThat(stored + lost).isEqualTo(STREAMS);
    try (StorageBackend storage = StorageBackend.open("sqlite:" + file)) {
      tellsWhatItDoesNotHold(storage, stored);
      assertThat(storage.listSessions(SessionQuery.all().withLimit(1_000)).items())
          .extracting(SessionMetadata::lostTraces)
          .satisfies(
              losses ->
                  assertThat(losses.stream().mapToLong(Long::longValue).sum()).isEqualTo(lost));
    }
  }

  private static long told(ChildJvm program, String what) {
    return program.lines().stream()
        .filter(line -> line.startsWith(what))
        .mapToLong(line -> Long.parseLong(line.substring(what.length())))
        .sum();
  }

  private static void tellsWhatItDoesNotHold(StorageBackend storage, long stored) {
    int ended = 0;
    TraceQuery query = TraceQuery.all().withLimit(50);
    for (Page<Trace> page = storage.listTraces(query); ; page = storage.listTraces(query)) {
      for (Trace trace : page.items()) {
        assertThat(trace.request().body().text()).isEqualTo(Agent.question("one of many"));
        if (trace.status() != TraceStatus.IN_PROGRESS) {
          ended++;
          assertThat(trace.response().body().size()).isEqualTo(Provider.bytesOf(EVENTS));
          assertThat(trace.response().body().isTruncated())
              .isEqualTo(trace.response().body().bytes().length < Provider.bytesOf(EVENTS));
        }
      }
      if (page.nextCursor() == null) {
        break;
      }
      query = query.after(page.nextCursor());
    }
    assertThat(ended).isEqualTo((int) stored);
  }
}
