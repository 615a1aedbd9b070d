package io.traceforge.export;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceJson;
import java.io.IOException;
import java.io.Writer;
import java.util.NoSuchElementException;

/** Reads a storage page by page and writes each trace as a line. */
final class ExportContent {
  /** A page of traces is in memory at once, and a trace may be of megabytes. */
  private static final int PAGE = 20;

  private final StorageBackend storage;
  private final Writer out;
  private long count;

  ExportContent(StorageBackend storage, Writer out) {
    this.storage = storage;
    this.out = out;
  }

  /** Returns how many traces were written. */
  long count() {
    return count;
  }

  void sessions(SessionQuery query) throws IOException {
    Page<SessionMetadata> page = storage.listSessions(query);
    while (true) {
      for (SessionMetadata session : page.items()) {
        session(session.sessionId());
      }
      if (page.nextCursor() == null) {
        return;
      }
      page = storage.listSessions(query.after(page.nextCursor()));
    }
  }

  void knownSession(String sessionId) throws IOException {
    if (storage.getSessionMetadata(sessionId).isEmpty()) {
      throw new NoSuchElementException("no session \"" + sessionId + "\"");
    }
    session(sessionId);
  }

  /** Its metadata are read at last, so that they are not older than its traces. */
  void session(String sessionId) throws IOException {
    TraceQuery query = TraceQuery.ofSession(sessionId).withLimit(PAGE);
    Page<Trace> page = storage.listTraces(query);
    while (page.nextCursor() != null) {
      lines(page);
      page = storage.listTraces(query.after(page.nextCursor()));
    }
    for (int i = 0; i < page.items().size() - 1; i++) {
      line(TraceJson.write(page.items().get(i)));
    }
    if (!page.items().isEmpty()) {
      lastLine(sessionId, page.items().get(page.items().size() - 1));
    }
  }

  private void lastLine(String sessionId, Trace last) throws IOException {
    SessionMetadata session = storage.getSessionMetadata(sessionId).orElse(null);
    line(session == null ? TraceJson.write(last) : TraceJson.write(last, session));
  }

  void traces(TraceQuery query) throws IOException {
    TraceQuery paged = query.limit() > PAGE ? query.withLimit(PAGE) : query;
    Page<Trace> page = storage.listTraces(paged);
    lines(page);
    while (page.nextCursor() != null) {
      page = storage.listTraces(paged.after(page.nextCursor()));
      lines(page);
    }
  }

  private void lines(Page<Trace> page) throws IOException {
    for (Trace trace : page.items()) {
      line(TraceJson.write(trace));
    }
  }

  private void line(String json) throws IOException {
    out.append(json).append('\n');
    count++;
  }
}
