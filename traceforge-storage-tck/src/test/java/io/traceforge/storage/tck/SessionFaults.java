package io.traceforge.storage.tck;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What may be wrong with what is told of sessions. */
final class SessionFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault(
              "takes each attempt for a call",
              telling(m -> m.toBuilder().totalCalls(m.totalTraces()).retryCount(0).build()),
              StorageBackendContract.Attempts.class,
              "theMarkJoinsAttempts"),
          new Fault(
              "knows no failed sessions",
              telling(SessionFaults::neverFailed),
              StorageBackendContract.SessionStatuses.class,
              "failedWhenToldSo"),
          new Fault(
              "does not hear silence",
              telling(SessionFaults::neverSilent),
              StorageBackendContract.SessionStatuses.class,
              "silentPastTheTimeoutWithEveryCallAnswered"),
          new Fault(
              "measures no duration",
              telling(m -> m.toBuilder().durationMs(0).build()),
              StorageBackendContract.Sessions.class,
              "durationRunsFromTheFirstStartToTheLastEnd"),
          new Fault(
              "knows no final states",
              telling(m -> m.toBuilder().finalState(null).build()),
              StorageBackendContract.FinalStates.class,
              "isToldToTheCharacter"),
          new Fault(
              "forgets an update that comes first",
              LateUpdates::new,
              StorageBackendContract.Sessions.class,
              "anUpdateBeforeTheTracesIsKept"),
          new Fault(
              "never takes an error back",
              ErrorsStay::new,
              StorageBackendContract.Figures.class,
              "afterAnyOperations"),
          new Fault(
              "goes on with the figures of a deleted session",
              FiguresStay::new,
              StorageBackendContract.Deletion.class,
              "aSessionOfTheSameIdBeginsAnew"),
          new Fault(
              "goes on with the figures of a deleted session, as any order of things shows",
              FiguresStay::new,
              StorageBackendContract.Figures.class,
              "afterAnyOperationsAndDeletions"),
          new Fault(
              "leaves the traces of a deleted session",
              TracesStay::new,
              StorageBackendContract.Deletion.class,
              "takesTheTracesAlong"),
          new Fault(
              "deletes other sessions too",
              DeletesAll::new,
              StorageBackendContract.Deletion.class,
              "figuresOfOthersStay"));

  private SessionFaults() {}

  private static UnaryOperator<StorageBackend> telling(UnaryOperator<SessionMetadata> change) {
    return right -> new OtherFigures(right, change);
  }

  private static SessionMetadata neverFailed(SessionMetadata right) {
    boolean failed = right.status() == SessionStatus.FAILED;
    return failed ? right.toBuilder().status(SessionStatus.COMPLETED).build() : right;
  }

  private static SessionMetadata neverSilent(SessionMetadata right) {
    String reason = right.statusReason();
    boolean silent = reason != null && reason.startsWith("silent");
    return silent
        ? right.toBuilder().status(SessionStatus.IN_PROGRESS).statusReason(null).build()
        : right;
  }

  private static final class LateUpdates extends ForwardingBackend {
    LateUpdates(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void updateSession(SessionUpdate update) {
      if (getSessionMetadata(update.sessionId()).isPresent()) {
        super.updateSession(update);
      }
    }
  }

  private static final class ErrorsStay extends ForwardingBackend {
    private final Map<String, Integer> most = new HashMap<>();

    ErrorsStay(StorageBackend backend) {
      super(backend);
    }

    @Override
    public synchronized Optional<SessionMetadata> getSessionMetadata(String sessionId) {
      return super.getSessionMetadata(sessionId)
          .map(m -> m.toBuilder().errorCount(errors(m)).build());
    }

    private int errors(SessionMetadata right) {
      return most.merge(right.sessionId(), right.errorCount(), Math::max);
    }
  }

  private static final class FiguresStay extends ForwardingBackend {
    private final Map<String, Integer> deleted = new HashMap<>();

    FiguresStay(StorageBackend backend) {
      super(backend);
    }

    @Override
    public synchronized boolean deleteSession(String sessionId) {
      int traces = super.getSessionMetadata(sessionId).map(m -> m.totalTraces()).orElse(0);
      deleted.merge(sessionId, traces, Integer::sum);
      return super.deleteSession(sessionId);
    }

    @Override
    public synchronized Optional<SessionMetadata> getSessionMetadata(String sessionId) {
      int more = deleted.getOrDefault(sessionId, 0);
      return super.getSessionMetadata(sessionId)
          .map(m -> m.toBuilder().totalTraces(m.totalTraces() + more).build());
    }
  }

  private static final class TracesStay extends ForwardingBackend {
    TracesStay(StorageBackend backend) {
      super(backend);
    }

    @Override
    public boolean deleteSession(String sessionId) {
      List<Trace> traces = listTracesBySession(sessionId);
      boolean known = super.deleteSession(sessionId);
      saveTraces(traces.stream().map(t -> t.toBuilder().sessionId(null).build()).toList());
      return known;
    }
  }

  private static final class DeletesAll extends ForwardingBackend {
    DeletesAll(StorageBackend backend) {
      super(backend);
    }

    @Override
    public boolean deleteSession(String sessionId) {
      boolean known = super.deleteSession(sessionId);
      listSessions().forEach(other -> super.deleteSession(other.sessionId()));
      return known;
    }
  }
}
