package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tells other figures of sessions than are right. */
class OtherFigures extends ForwardingBackend {
  private final UnaryOperator<SessionMetadata> change;

  OtherFigures(StorageBackend backend, UnaryOperator<SessionMetadata> change) {
    super(backend);
    this.change = change;
  }

  @Override
  public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
    return super.getSessionMetadata(sessionId).map(change);
  }

  @Override
  public Page<SessionMetadata> listSessions(SessionQuery query) {
    Page<SessionMetadata> page = super.listSessions(query);
    return new Page<>(page.items().stream().map(change).toList(), page.nextCursor());
  }

  static SessionMetadata.Builder copy(SessionMetadata of) {
    return SessionMetadata.builder(of.sessionId())
        .status(of.status())
        .statusReason(of.statusReason())
        .totalSteps(of.totalSteps())
        .totalCalls(of.totalCalls())
        .totalTraces(of.totalTraces())
        .startTime(of.startTime())
        .endTime(of.endTime())
        .durationMs(of.durationMs())
        .modelsUsed(of.modelsUsed())
        .providers(of.providers())
        .usage(of.usage())
        .errorCount(of.errorCount())
        .retryCount(of.retryCount())
        .lostTraces(of.lostTraces())
        .lastCallNumber(of.lastCallNumber());
  }
}
