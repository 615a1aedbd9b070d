package io.traceforge.recording;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Puts batches into the storage backend. Writer thread only, but for the count. */
final class BatchStore {
  /** After so many failures in a row, one item may be what the backend chokes on. */
  private static final int FAILURES_BEFORE_SINGLING_OUT = 3;

  private final StorageBackend storage;
  private final LossLedger losses;
  private final Problems problems;
  private final AtomicLong storedTraces = new AtomicLong();

  BatchStore(StorageBackend storage, LossLedger losses, Problems problems) {
    this.storage = storage;
    this.losses = losses;
    this.problems = problems;
  }

  long storedTraces() {
    return storedTraces.get();
  }

  /** Stores what it can; returns whether nothing of the batch is left. */
  boolean tryStore(Batch batch, int failuresBefore) {
    if (failuresBefore > 0 && failuresBefore % FAILURES_BEFORE_SINGLING_OUT == 0) {
      storeSingly(itemsOf(batch));
    } else {
      storeTogether(batch);
    }
    return batch.isEmpty();
  }

  /** Counts all that is left of a batch as lost. */
  void giveUp(Batch batch) {
    itemsOf(batch).forEach(Item::lose);
  }

  /** Tells sessions of their losses, as far as the backend takes it. */
  void tellLosses() {
    if (losses.hasUntold()) {
      losses.untold().stream()
          .takeWhile(update -> attempt(() -> storage.updateSession(update)))
          .forEach(losses::told);
    }
  }

  private void storeTogether(Batch batch) {
    List<Trace> traces = List.copyOf(batch.traces());
    if (!traces.isEmpty()) {
      if (!attempt(() -> storage.saveTraces(traces))) {
        return;
      }
      traces.forEach(trace -> settle(batch, trace));
    }
    itemsOf(batch).stream().takeWhile(this::store).forEach(Item::settle);
  }

  /**
   * Tells an item that the backend refuses from a backend that is down: what fails while others
   * succeed is given up, so that it does not keep back everything behind it.
   */
  private void storeSingly(List<Item> items) {
    List<Item> refused = new ArrayList<>();
    boolean anyStored = false;
    for (Item item : items) {
      if (store(item)) {
        item.settle();
        anyStored = true;
      } else {
        refused.add(item);
      }
      if (!anyStored && refused.size() == FAILURES_BEFORE_SINGLING_OUT) {
        return;
      }
    }
    if (anyStored) {
      refused.forEach(Item::lose);
    }
  }

  private boolean store(Item item) {
    return attempt(item.write);
  }

  private boolean attempt(Runnable write) {
    try {
      write.run();
      return true;
    } catch (RuntimeException | Error failure) {
      problems.storageFailed(failure);
      return false;
    }
  }

  private List<Item> itemsOf(Batch batch) {
    List<Item> items = new ArrayList<>();
    for (Trace trace : batch.traces()) {
      Runnable write = () -> storage.saveTraces(List.of(trace));
      items.add(new Item(write, () -> settle(batch, trace), () -> lose(batch, trace)));
    }
    for (SessionUpdate update : batch.updates()) {
      Runnable remove = () -> batch.remove(update);
      items.add(new Item(() -> storage.updateSession(update), remove, remove));
    }
    return items;
  }

  private void settle(Batch batch, Trace trace) {
    QueuedCall call = batch.remove(trace);
    if (call != null) {
      storedTraces.addAndGet(call.isEnd() ? 1 : 0);
      call.done();
    }
  }

  private void lose(Batch batch, Trace trace) {
    QueuedCall call = batch.remove(trace);
    if (call != null) {
      losses.add(call);
      call.done();
    }
  }

  private record Item(Runnable write, Runnable stored, Runnable lost) {
    void settle() {
      stored.run();
    }

    void lose() {
      lost.run();
    }
  }
}
