package io.traceforge.export;

import io.traceforge.redaction.Redactor;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.FinalState;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores lines in batches. */
final class ImportTarget {
  private static final int BATCH = 200;
  private static final long BATCH_BYTES = 4L << 20;

  private final StorageBackend storage;
  private final Redactor redactor;
  private final List<Trace> batch = new ArrayList<>();
  private long batchBytes;
  private long count;

  ImportTarget(StorageBackend storage, Redactor redactor) {
    this.storage = storage;
    this.redactor = redactor;
  }

  /** Returns how many traces were stored. */
  long count() {
    return count;
  }

  void add(ImportedLines.Line line) {
    batch.add(redactor.redact(line.trace()));
    batchBytes += bytes(line.trace());
    if (batch.size() == BATCH || batchBytes > BATCH_BYTES || line.session() != null) {
      store();
    }
    if (line.session() != null) {
      tell(line.session());
    }
  }

  void store() {
    if (!batch.isEmpty()) {
      storage.saveTraces(List.copyOf(batch));
      count += batch.size();
      batch.clear();
      batchBytes = 0;
    }
  }

  private static long bytes(Trace trace) {
    Stream<@Nullable TraceBody> bodies =
        trace.response() == null
            ? Stream.of(trace.request().body())
            : Stream.of(
                trace.request().body(), trace.response().body(), trace.response().assembledBody());
    return bodies.mapToLong(body -> body == null ? 0 : body.size()).sum();
  }

  /** Tells what the traces do not: how the session ended, and what was lost. */
  private void tell(SessionMetadata told) {
    SessionMetadata stored = storage.getSessionMetadata(told.sessionId()).orElse(null);
    Instant end = told.endTime() == null ? told.startTime() : told.endTime();
    if (stored == null || end == null) {
      return;
    }
    if (told.lostTraces() > stored.lostTraces()) {
      long more = told.lostTraces() - stored.lostTraces();
      storage.updateSession(SessionUpdate.lost(told.sessionId(), end, more));
    }
    boolean wentOn = stored.lastCallNumber() > told.lastCallNumber();
    if (!wentOn && told.status() != SessionStatus.IN_PROGRESS) {
      FinalState stood = told.finalState();
      storage.updateSession(
          end(told, end).withFinalState(stood == null ? null : redactor.redact(stood)));
    }
  }

  private SessionUpdate end(SessionMetadata told, Instant end) {
    String reason = told.statusReason();
    return told.status() == SessionStatus.FAILED && reason != null
        ? SessionUpdate.failed(told.sessionId(), end, redactor.redact(reason))
        : SessionUpdate.ended(told.sessionId(), end);
  }
}
