package io.traceforge.recording;

import io.traceforge.redaction.Redactor;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.FinalState;

/** A fact about a session on its way to the writer. */
record QueuedUpdate(SessionUpdate update, Redactor redactor) implements QueueEntry {

  /** Returns what may be stored; for the writer thread. */
  SessionUpdate redacted() {
    String failure = update.failure();
    FinalState stood = update.finalState();
    return update
        .withFailure(failure == null ? null : redactor.redact(failure))
        .withFinalState(stood == null ? null : redactor.redact(stood));
  }
}
