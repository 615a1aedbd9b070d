package io.traceforge.recording;

import io.traceforge.Unclosed;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps traces in memory and tells in which order it was told what, unless a script throws. */
final class TellingStorage extends Unclosed {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile Consumer<List<Trace>> beforeTraces = traces -> {};
  private volatile Consumer<SessionUpdate> beforeUpdate = update -> {};

  TellingStorage() {
    super(new InMemoryStorageBackend());
  }

  void beforeTraces(Consumer<List<Trace>> script) {
    this.beforeTraces = script;
  }

  void beforeUpdate(Consumer<SessionUpdate> script) {
    this.beforeUpdate = script;
  }

  /** Returns the facts that were stored, and the close. */
  List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    beforeTraces.accept(traces);
    super.saveTraces(traces);
  }

  @Override
  public void updateSession(SessionUpdate update) {
    beforeUpdate.accept(update);
    super.updateSession(update);
    if (update.ended()) {
      told.add("ended " + update.sessionId());
    } else if (update.lostTraces() > 0) {
      told.add("lost " + update.sessionId() + " " + update.lostTraces());
    }
  }

  @Override
  public void close() {
    told.add("closed");
  }
}
