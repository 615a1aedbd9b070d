package io.traceforge.embedded;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Optional;

/** Hands everything on to another backend; for tests that change a part of that. */
class Handing implements StorageBackend {
  private final StorageBackend backend;

  Handing(StorageBackend backend) {
    this.backend = backend;
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    backend.saveTraces(traces);
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
  public void close() {
    backend.close();
  }
}
