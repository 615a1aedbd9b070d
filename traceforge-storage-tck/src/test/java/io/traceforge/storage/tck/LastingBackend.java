package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An opening of a backend whose content outlives it: another one may follow. */
final class LastingBackend extends ForwardingBackend {
  private volatile boolean closed;

  LastingBackend(StorageBackend content) {
    super(content);
  }

  private StorageBackend opened() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
    return backend;
  }

  @Override
  public void saveTraces(List<Trace> batch) {
    opened().saveTraces(batch);
  }

  @Override
  public void updateSession(SessionUpdate update) {
    opened().updateSession(update);
  }

  @Override
  public Optional<Trace> getTrace(String traceId) {
    return opened().getTrace(traceId);
  }

  @Override
  public Page<Trace> listTraces(TraceQuery query) {
    return opened().listTraces(query);
  }

  @Override
  public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
    return opened().getSessionMetadata(sessionId);
  }

  @Override
  public Page<SessionMetadata> listSessions(SessionQuery query) {
    return opened().listSessions(query);
  }

  @Override
  public boolean deleteSession(String sessionId) {
    return opened().deleteSession(sessionId);
  }

  @Override
  public Optional<TraceSearch> search() {
    TraceSearch search = backend.search().orElseThrow();
    return Optional.of(
        new ForwardingSearch(search) {
          @Override
          public Page<SearchHit> search(SearchQuery query) {
            opened();
            return super.search(query);
          }

          @Override
          public long count(SearchQuery query) {
            opened();
            return super.count(query);
          }
        });
  }

  @Override
  public Optional<Retention> retention() {
    return Optional.of(
        new Retention() {
          @Override
          public PruneResult prune(RetentionPolicy policy) {
            return opened().retention().orElseThrow().prune(policy);
          }

          @Override
          public OptionalLong usedBytes() {
            return opened().retention().orElseThrow().usedBytes();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
  }
}
