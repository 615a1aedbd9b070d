package io.traceforge.recording;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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
      storeSingly(shuffledItemsOf(batch));
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
   * Tells an item that the backend refuses from a backend that is down: what fails twice, while the
   * backend takes something else in between, is given up, so that it does not keep back everything
   * behind it. If the backend is down, all that is left is tried again later.
   */
  private void storeSingly(Deque<Item> items) {
    Item witness = storeAny(items);
    while (witness != null && !items.isEmpty()) {
      Item item = items.remove();
      if (store(item)) {
        item.settle();
      } else if (!judge(item, witness)) {
        return;
      }
    }
  }

  /** Tries a few items, and takes out the first that the backend takes; null if it takes none. */
  private @Nullable Item storeAny(Deque<Item> items) {
    for (int i = Math.min(FAILURES_BEFORE_SINGLING_OUT, items.size()); i > 0; i--) {
      Item item = items.remove();
      if (store(item)) {
        item.settle();
        return item;
      }
      items.add(item);
    }
    return null;
  }

  /** Stores a refused item or gives it up; returns false if it is the backend that is down. */
  private boolean judge(Item refused, Item witness) {
    if (!attempt(witness.repeat)) {
      return false;
    }
    if (store(refused)) {
      refused.settle();
    } else {
      refused.lose();
    }
    return true;
  }

  private boolean store(Item item) {
    return attempt(item.write);
  }

  /** In another order each time, so that a few refused items do not stand before all others. */
  private Deque<Item> shuffledItemsOf(Batch batch) {
    List<Item> items = itemsOf(batch);
    Collections.shuffle(items.subList(0, batch.traces().size()));
    return new ArrayDeque<>(items);
  }

  private boolean attempt(Runnable write) {
    try {
      write.run();
      return true;
    } catch (Throwable failure) {
      problems.storageFailed(failure);
      return false;
    }
  }

  private List<Item> itemsOf(Batch batch) {
    List<Item> items = new ArrayList<>();
    for (Trace trace : batch.traces()) {
      Runnable write = () -> storage.saveTraces(List.of(trace));
      items.add(new Item(write, write, () -> settle(batch, trace), () -> lose(batch, trace)));
    }
    for (SessionUpdate update : batch.updates()) {
      Runnable write = () -> storage.updateSession(update);
      SessionUpdate nothingNew = SessionUpdate.lost(update.sessionId(), update.time(), 0);
      Runnable remove = () -> batch.remove(update);
      items.add(new Item(write, () -> storage.updateSession(nothingNew), remove, remove));
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

  /** Something to store; {@code repeat} writes it once more, which changes nothing. */
  private record Item(Runnable write, Runnable repeat, Runnable stored, Runnable lost) {
    void settle() {
      stored.run();
    }

    void lose() {
      lost.run();
    }
  }
}
