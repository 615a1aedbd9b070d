package io.traceforge;

import io.traceforge.recording.Recorder;
import io.traceforge.storage.Page;
import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Stores what is pending before it reads or deletes, so that what has ended can be queried. */
final class FlushingStorage implements StorageBackend {
  /** A storage that is down bounds the wait: the read then tells what is stored. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final StorageBackend backend;
  private final Recorder recorder;

  FlushingStorage(StorageBackend backend, Recorder recorder) {
    this.backend = backend;
    this.recorder = recorder;
  }

  private StorageBackend flushed() {
    return flushedBefore(backend);
  }

  /** A backend that somebody wrote may err; its user is told who did. */
  private <T> T answer(@Nullable T answer) {
    if (answer == null) {
      throw new StorageException(backend.getClass().getName() + " returned null");
    }
    return answer;
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    backend.saveTraces(traces);
  }

  @Override
  public void updateSession(SessionUpdate update) {
    flushed().updateSession(update);
  }

  @Override
  public Optional<Trace> getTrace(String traceId) {
    return answer(flushed().getTrace(traceId));
  }

  @Override
  public Page<Trace> listTraces(TraceQuery query) {
    return answer(flushed().listTraces(query));
  }

  @Override
  public List<Trace> listTracesBySession(String sessionId) {
    return answer(flushed().listTracesBySession(sessionId));
  }

  @Override
  public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
    return answer(flushed().getSessionMetadata(sessionId));
  }

  @Override
  public Page<SessionMetadata> listSessions(SessionQuery query) {
    return answer(flushed().listSessions(query));
  }

  @Override
  public Optional<SessionTimeline> getTimeline(String sessionId) {
    return answer(flushed().getTimeline(sessionId));
  }

  @Override
  public boolean deleteSession(String sessionId) {
    return flushed().deleteSession(sessionId);
  }

  @Override
  public Optional<TraceSearch> search() {
    return answer(backend.search()).map(FlushingSearch::new);
  }

  @Override
  public Optional<Retention> retention() {
    return answer(backend.retention()).map(FlushingRetention::new);
  }

  @Override
  public boolean maintain() {
    return backend.maintain();
  }

  private <T> T flushedBefore(T use) {
    recorder.flush(LONGEST_WAIT);
    return use;
  }

  private final class FlushingSearch implements TraceSearch {
    private final TraceSearch search;

    FlushingSearch(TraceSearch search) {
      this.search = search;
    }

    @Override
    public Page<SearchHit> search(SearchQuery query) {
      return answer(flushedBefore(search).search(query));
    }

    @Override
    public long count(SearchQuery query) {
      return flushedBefore(search).count(query);
    }
  }

  private final class FlushingRetention implements Retention {
    private final Retention retention;

    FlushingRetention(Retention retention) {
      this.retention = retention;
    }

    @Override
    public PruneResult prune(RetentionPolicy policy) {
      return answer(flushedBefore(retention).prune(policy));
    }

    @Override
    public OptionalLong usedBytes() {
      return answer(flushedBefore(retention).usedBytes());
    }
  }

  /** The backend goes on recording: {@link TraceForge#close} closes it. */
  @Override
  public void close() {}
}
