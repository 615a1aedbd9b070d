package io.traceforge.viewer.internal;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Optional;

/**
 * A storage of which only the reading half can be reached. Sessions and timelines are read by pages
 * of traces, whatever the storage has for them.
 */
public class ReadOnlyStorage implements StorageBackend {
  private final StorageBackend storage;

  /** Wraps a storage, which stays its owner's to close. */
  public ReadOnlyStorage(StorageBackend storage) {
    this.storage = storage;
  }

  /**
   * Opens the storage that a URL names, for reading alone. No other place of the viewer opens one.
   *
   * @throws StorageException if it cannot be opened, or is a file that is not there
   */
  public static StorageBackend open(String url) {
    boolean file = url.startsWith("sqlite:") && url.indexOf('?') < 0;
    return StorageBackend.open(file ? url + "?mode=ro" : url);
  }

  @Override
  public Optional<Trace> getTrace(String traceId) {
    return storage.getTrace(traceId);
  }

  @Override
  public Page<Trace> listTraces(TraceQuery query) {
    return storage.listTraces(query);
  }

  @Override
  public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
    return storage.getSessionMetadata(sessionId);
  }

  @Override
  public Page<SessionMetadata> listSessions(SessionQuery query) {
    return storage.listSessions(query);
  }

  @Override
  public Optional<TraceSearch> search() {
    return storage.search();
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    throw refused();
  }

  @Override
  public void updateSession(SessionUpdate update) {
    throw refused();
  }

  @Override
  public boolean deleteSession(String sessionId) {
    throw refused();
  }

  /** Does nothing: the storage is its owner's. */
  @Override
  public void close() {}

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("the viewer only reads");
  }
}
