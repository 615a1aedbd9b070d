package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.Retention;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands everything on to another backend. */
class ForwardingBackend implements StorageBackend {
  final StorageBackend backend;

  ForwardingBackend(StorageBackend backend) {
    this.backend = backend;
  }

  @Override
  public void saveTraces(List<Trace> batch) {
    backend.saveTraces(batch);
  }

  @Override
  public void updateSession(SessionUpdate update) {
    backend.updateSession(update);
  }

  @Override
  public Optional<Trace> getTrace(String traceId) {
    return backend.getTrace(traceId);
  }

  @Override
  public Page<Trace> listTraces(TraceQuery query) {
    return backend.listTraces(query);
  }

  @Override
  public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
    return backend.getSessionMetadata(sessionId);
  }

  @Override
  public Page<SessionMetadata> listSessions(SessionQuery query) {
    return backend.listSessions(query);
  }

  @Override
  public boolean deleteSession(String sessionId) {
    return backend.deleteSession(sessionId);
  }

  @Override
  public Optional<TraceSearch> search() {
    return backend.search();
  }

  @Override
  public Optional<Retention> retention() {
    return backend.retention();
  }

  @Override
  public boolean maintain() {
    return backend.maintain();
  }

  @Override
  public void close() {
    backend.close();
  }

  /** Returns all traces by start and id. */
  static List<Trace> all(StorageBackend backend) {
    List<Trace> traces = new ArrayList<>();
    TraceQuery query = TraceQuery.all().withLimit(1_000);
    for (Page<Trace> page = backend.listTraces(query); ; page = backend.listTraces(query)) {
      traces.addAll(page.items());
      if (page.nextCursor() == null) {
        return traces;
      }
      query = query.after(page.nextCursor());
    }
  }
}
