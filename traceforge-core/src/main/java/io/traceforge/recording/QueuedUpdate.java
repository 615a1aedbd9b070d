package io.traceforge.recording;

import io.traceforge.redaction.Redactor;
import io.traceforge.storage.SessionUpdate;

/** A fact about a session on its way to the writer. */
record QueuedUpdate(SessionUpdate update, Redactor redactor) implements QueueEntry {

  /** Returns what may be stored; for the writer thread. */
  SessionUpdate redacted() {
    String failure = update.failure();
    return failure == null
        ? update
        : new SessionUpdate(
            update.sessionId(),
            update.time(),
            update.ended(),
            redactor.redact(failure),
            update.resumed(),
            update.timeout(),
            update.lostTraces());
  }
}
