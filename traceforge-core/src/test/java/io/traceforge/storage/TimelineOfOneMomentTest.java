package io.traceforge.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Unclosed;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.Traces;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineOfOneMomentTest {
  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();

  @Test
  void whatIsStoredMeanwhileIsInBothOrInNeither() {
    storage.saveTrace(Traces.trace("a", 0, 10).build());

    SessionTimeline timeline =
        meanwhile(() -> storage.saveTrace(Traces.trace("b", 20, 30).stepIndex(1).build()))
            .getTimeline("session")
            .orElseThrow();

    assertThat(timeline.metadata().totalTraces()).isEqualTo(2);
    assertThat(timeline.steps()).hasSize(2);
  }

  @Test
  void aSessionThatIsDeletedMeanwhileIsNotKnown() {
    storage.saveTrace(Traces.trace("a", 0, 10).build());

    assertThat(meanwhile(() -> storage.deleteSession("session")).getTimeline("session")).isEmpty();
  }

  /** Returns the storage, in which something happens before traces are read for the first time. */
  private StorageBackend meanwhile(Runnable happens) {
    return new Unclosed(storage) {
      private boolean happened;

      @Override
      public List<Trace> listTracesBySession(String sessionId) {
        if (!happened) {
          happened = true;
          happens.run();
        }
        return super.listTracesBySession(sessionId);
      }
    };
  }
}
