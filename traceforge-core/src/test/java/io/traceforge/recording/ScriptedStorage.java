package io.traceforge.recording;

import io.traceforge.Eventually;
import io.traceforge.Unclosed;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageException;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** Keeps traces in memory, unless the script that runs before each write throws or blocks. */
final class ScriptedStorage extends Unclosed {
  private final List<List<Trace>> saves = new CopyOnWriteArrayList<>();
  private final AtomicInteger closes = new AtomicInteger();
  private volatile Consumer<List<Trace>> script = traces -> {};
  private volatile Thread writer;

  ScriptedStorage() {
    super(new InMemoryStorageBackend());
  }

  /** Sets what happens before each write; updates of sessions count as writes of no trace. */
  void beforeWrite(Consumer<List<Trace>> script) {
    this.script = script;
  }

  /** Lets some writes fail, counted from 1. */
  void failing(IntPredicate failing) {
    AtomicInteger writes = new AtomicInteger();
    beforeWrite(
        traces -> {
          if (failing.test(writes.incrementAndGet())) {
            throw new StorageException("disk full");
          }
        });
  }

  /** Holds writes up until the gate is opened. */
  Gate gated() {
    Gate gate = new Gate();
    beforeWrite(traces -> gate.pass());
    return gate;
  }

  /** Returns what was stored, one list for each save that succeeded. */
  List<List<Trace>> saves() {
    return saves;
  }

  /** Returns what was stored of one trace, in the order of the saves. */
  List<Trace> savesOf(String traceId) {
    return saves.stream().flatMap(List::stream).filter(t -> t.id().equals(traceId)).toList();
  }

  int closes() {
    return closes.get();
  }

  Thread writer() {
    return writer;
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    writer = Thread.currentThread();
    script.accept(traces);
    super.saveTraces(traces);
    saves.add(List.copyOf(traces));
  }

  @Override
  public void updateSession(SessionUpdate update) {
    script.accept(List.of());
    super.updateSession(update);
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }

  /** What the writer waits at. */
  static final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void pass() {
      reached.countDown();
      Eventually.await(open);
    }

    void awaitWriter() {
      Eventually.await(reached);
    }

    void open() {
      open.countDown();
    }
  }
}
