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
}
