package io.traceforge.storage;

import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps traces and tells sessions.
 *
 * <p>A backend is synchronous and thread-safe: any thread may write or read at any time,
 * interrupted ones too, which must not harm the others. What is written is seen by every read that
 * begins later, and read as it was, by {@link Trace#equals}; where anything outlives the process,
 * it does so when the method has returned. A read sees one moment, never half a write. Methods
 * throw {@link StorageException} when the engine fails, {@link StorageUnavailableException} when it
 * can store nothing at the moment, so that everything is worth another try, and {@link
 * IllegalStateException} after {@link #close()}.
 *
 * <p>Later versions may add methods, each with a default that is right for every backend.
 *
 * <p>A backend is found by its URL through {@link StorageBackendProvider}, and proved by the
 * contract kit in {@code traceforge-storage-tck}.
 */
public interface StorageBackend extends AutoCloseable {

  /**
   * Opens the backend that a URL names, such as {@code sqlite:traces.db} or {@code memory:}. Looks
   * for providers with the thread's context class loader first, then with TraceForge's own.
   *
   * @throws StorageException if no provider knows the URL's scheme, or it cannot open the backend
   */
  static StorageBackend open(String url) {
    return StorageBackends.open(url);
  }

  /**
   * Stores traces: all of them, or none if it throws. A trace whose id is stored already replaces
   * the stored one, except that a trace that has ended is never replaced by one that has not; so
   * storing the same batch twice is the same as storing it once. It may name another session than
   * the stored one: the one that it left stays known, even without traces.
   */
  void saveTraces(List<Trace> traces);

  /**
   * Stores a fact about a session (see {@link SessionStanding#apply}). It may come before the
   * session's first trace, and makes the session known if it was not.
   */
  void updateSession(SessionUpdate update);

  /** Returns a trace by its id, or empty if it is not stored. */
  Optional<Trace> getTrace(String traceId);

  /** Returns a page of the traces that a query asks for, in the query's order. */
  Page<Trace> listTraces(TraceQuery query);

  /**
   * Returns a session's metadata as of now, or empty if the session is not known: if nothing was
   * ever stored of it, or it was deleted.
   */
  Optional<SessionMetadata> getSessionMetadata(String sessionId);

  /**
   * Returns a page of the sessions that a query asks for, in the query's order, as of now, each
   * without its {@link SessionMetadata#finalState}.
   */
  Page<SessionMetadata> listSessions(SessionQuery query);

  /**
   * Deletes a session and its traces.
   *
   * @return whether the session was known
   */
  boolean deleteSession(String sessionId);

  /** Releases everything. Closing again does nothing. */
  @Override
  void close();

  /** Returns the search over what is stored, or empty if this backend has none. */
  default Optional<TraceSearch> search() {
    return Optional.empty();
  }

  /**
   * Returns what deletes old sessions, or empty if this backend has no such thing, or was opened
   * for reading only.
   */
  default Optional<Retention> retention() {
    return Optional.empty();
  }

  /**
   * Does a little of what can wait, such as keeping a search index. The recorder calls it again and
   * again while it has nothing to store. In a program that always has something it begins a second
   * after the last time, and goes on between batches; a call should not take longer than some 50
   * ms.
   *
   * @return whether there is more to do
   */
  default boolean maintain() {
    return false;
  }

  /** Stores one trace (see {@link #saveTraces}). */
  default void saveTrace(Trace trace) {
    saveTraces(List.of(trace));
  }

  /** Returns all traces of a session by step, start and id; none if the session is not known. */
  default List<Trace> listTracesBySession(String sessionId) {
    TraceQuery query = TraceQuery.ofSession(sessionId).withLimit(1_000);
    List<Trace> traces = new ArrayList<>();
    for (Page<Trace> page = listTraces(query); ; page = listTraces(query)) {
      traces.addAll(page.items());
      if (page.nextCursor() == null) {
        return traces;
      }
      query = query.after(page.nextCursor());
    }
  }

  /** Returns the newest sessions, at most 100. */
  default List<SessionMetadata> listSessions() {
    return listSessions(SessionQuery.all()).items();
  }

  /**
   * Returns a session in the order in which it happened, or empty if it is not known. Below its
   * calls are the sessions that were made for them, each once, and so on: a session belongs below
   * the trace of another one that the first of its traces names as its parent. Parents in a circle
   * do no harm; the circle is cut where it comes back to a session that is there already.
   */
  default Optional<SessionTimeline> getTimeline(String sessionId) {
    return new TimelineTree(this).read(sessionId);
  }
}
