package io.traceforge.recording;

import io.traceforge.recording.GuardedStorage.Result;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts batches into the storage backend. Writer thread only, but for the count. */
final class BatchStore {
  /** After so many failures in a row, one item may be what the backend chokes on. */
  private static final int FAILURES_BEFORE_SINGLING_OUT = 3;

  /**
   * After so many, a harmless write may tell whether it is the backend that is down. It might take
   * that though it takes no traces at all, so this is the last resort.
   */
  private static final int FAILURES_BEFORE_PROBING = 2 * FAILURES_BEFORE_SINGLING_OUT;

  /** Refused so often, with other writes taken in between, an item is given up. */
  private static final int REFUSALS_BEFORE_GIVING_UP = 3;

  /** With so many refused, and nothing to judge them by, it is the backend that is down. */
  private static final int MOST_UNDECIDED = 3;

  private final GuardedStorage storage;
  private final LossLedger losses;
  private final LossTeller lossTeller;
  private final Problems problems;
  private final BooleanSupplier noTimeForTraces;
  private final AtomicLong storedTraces = new AtomicLong();

  BatchStore(
      GuardedStorage storage,
      LossLedger losses,
      LossTeller lossTeller,
      Problems problems,
      BooleanSupplier noTimeForTraces) {
    this.storage = storage;
    this.losses = losses;
    this.lossTeller = lossTeller;
    this.problems = problems;
    this.noTimeForTraces = noTimeForTraces;
  }

  long storedTraces() {
    return storedTraces.get();
  }

  /** Stores what it can; returns whether nothing of the batch is left. */
  boolean tryStore(Batch batch, int failuresBefore) {
    if (failuresBefore > 0 && failuresBefore % FAILURES_BEFORE_SINGLING_OUT == 0) {
      storeSingly(batch, null, failuresBefore >= FAILURES_BEFORE_PROBING);
    } else {
      storeTogether(batch);
    }
    return batch.isEmpty();
  }

  /** Counts the traces that are left of a batch as lost. */
  void giveUpTraces(Batch batch) {
    batch.traces().forEach(trace -> lose(batch, trace));
  }

  /** Counts all that is left of a batch as lost. */
  void giveUp(Batch batch) {
    itemsOf(batch).forEach(Item::lose);
  }

  private void storeTogether(Batch batch) {
    List<Trace> traces = List.copyOf(batch.traces());
    if (!traces.isEmpty()) {
      if (storage.save(traces) != Result.STORED) {
        return;
      }
      traces.forEach(trace -> settle(batch, trace));
    }
    for (SessionUpdate update : batch.updates()) {
      if (lossTeller.tell(update.sessionId()) != Result.STORED
          || storage.update(update) != Result.STORED) {
        return;
      }
      batch.remove(update);
    }
  }

  /**
   * Tells an item that the backend refuses from a backend that is down: what is refused again and
   * again, while the backend takes something else in between, is given up, so that it does not keep
   * back everything behind it. If the backend is down, all that is left is tried again later.
   *
   * <p>In order: what a call said first would otherwise be found in one that only repeats it. Only
   * a backend that did not say that it was down, and works again in the midst of this, may take a
   * later item first.
   *
   * @param witness something that the backend has just taken
   */
  private void storeSingly(Batch batch, @Nullable Item witness, boolean mayProbe) {
    Item stored = witness;
    int undecided = 0;
    for (Item item : itemsOf(batch)) {
      if (noTimeForTraces.getAsBoolean() && batch.hasTraces()) {
        return;
      }
      if (!item.isNext()) {
        continue;
      }
      Verdict verdict = judge(item, stored, mayProbe);
      if (verdict == Verdict.STORED) {
        item.settle();
        stored = item;
        if (undecided > 0) {
          storeSingly(batch, stored, mayProbe); // those before it can be judged now
          return;
        }
      } else if (verdict == Verdict.REFUSED) {
        item.lose();
      } else if (verdict == Verdict.DOWN) {
        return;
      } else if (++undecided == MOST_UNDECIDED) {
        lookElsewhere(batch, mayProbe);
        return;
      }
    }
  }

  /** Anywhere, so that a few refused items do not stand before all others for ever. */
  private void lookElsewhere(Batch batch, boolean mayProbe) {
    List<Trace> traces = List.copyOf(batch.traces());
    if (mayProbe && !traces.isEmpty()) {
      Item any = itemOf(batch, traces.get(ThreadLocalRandom.current().nextInt(traces.size())));
      if (any.write() == Result.STORED) {
        any.settle();
        storeSingly(batch, any, true);
      }
    }
  }

  private enum Verdict {
    STORED,
    /** It is this item that the backend does not take. */
    REFUSED,
    UNDECIDED,
    DOWN
  }

  private static Verdict judge(Item item, @Nullable Item stored, boolean mayProbe) {
    Result result = item.write();
    for (int refusals = 1; result == Result.REFUSED; refusals++) {
      if (refusals == REFUSALS_BEFORE_GIVING_UP) {
        return Verdict.REFUSED;
      }
      Result other = writeOther(item, stored, mayProbe);
      if (other == Result.REFUSED) {
        return Verdict.UNDECIDED;
      }
      result = other == Result.STORED ? item.write() : other;
    }
    return result == Result.STORED ? Verdict.STORED : Verdict.DOWN;
  }

  /** Something stored just now is the better witness: it is of the same kind. */
  private static Result writeOther(Item refused, @Nullable Item stored, boolean mayProbe) {
    if (stored != null) {
      return stored.repeat.get();
    }
    return mayProbe ? refused.probe.get() : Result.REFUSED;
  }

  private List<Item> itemsOf(Batch batch) {
    List<Item> items = new ArrayList<>();
    batch.traces().forEach(trace -> items.add(itemOf(batch, trace)));
    batch.updates().forEach(update -> items.add(itemOf(batch, update)));
    return items;
  }

  private Item itemOf(Batch batch, Trace trace) {
    Supplier<Result> write = () -> storage.save(List.of(trace));
    Supplier<Result> probe = () -> updateNothing(trace.sessionId(), trace.startTime());
    return new Item(
        () -> true, write, write, probe, () -> settle(batch, trace), () -> lose(batch, trace));
  }

  private Item itemOf(Batch batch, SessionUpdate update) {
    String sessionId = update.sessionId();
    Supplier<Result> probe = () -> updateNothing(sessionId, update.time());
    return new Item(
        () -> !batch.hasTracesOf(sessionId),
        () -> tellAndUpdate(update),
        probe,
        probe,
        () -> batch.remove(update),
        () -> lose(batch, update));
  }

  /** Without its losses, if it is they that the backend does not take. */
  private Result tellAndUpdate(SessionUpdate update) {
    Result told = lossTeller.tell(update.sessionId());
    return told == Result.UNAVAILABLE ? told : storage.update(update);
  }

  /** A session that is not known becomes so: if its trace is given up, it is told of the loss. */
  private Result updateNothing(@Nullable String sessionId, Instant time) {
    return sessionId == null
        ? Result.REFUSED
        : storage.update(SessionUpdate.lost(sessionId, time, 0));
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

  private void lose(Batch batch, SessionUpdate update) {
    batch.remove(update);
    problems.warnAtEachTenfold(
        "Facts about sessions were not recorded: the storage did not take them",
        losses.addUpdate());
  }

  /**
   * Something to store.
   *
   * @param next whether all is decided that must be stored before
   * @param repeat writes once more what was stored, which changes nothing
   * @param probe writes something harmless instead of what was refused
   */
  private record Item(
      BooleanSupplier next,
      Supplier<Result> attempt,
      Supplier<Result> repeat,
      Supplier<Result> probe,
      Runnable stored,
      Runnable lost) {
    boolean isNext() {
      return next.getAsBoolean();
    }

    Result write() {
      return attempt.get();
    }

    void settle() {
      stored.run();
    }

    void lose() {
      lost.run();
    }
  }
}
