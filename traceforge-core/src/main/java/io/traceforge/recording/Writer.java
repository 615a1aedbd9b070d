package io.traceforge.recording;

import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that interprets, redacts and stores. It looks for work every 50 ms, so that no
 * caller has to wake it, and is woken only for a flush, a close or a queue that fills up.
 */
final class Writer implements Runnable {
  private static final long LARGEST_BATCH_BYTES = 16L << 20;

  private final EntryQueue queue;
  private final GuardedStorage storage;
  private final TraceAssembler assembler;
  private final CallsUnderWay underWay;
  private final LossLedger losses;
  private final Problems problems;
  private final Drops drops;
  private final BatchStore store;
  private final LossTeller lossTeller;
  private final Upkeep upkeep;
  private final RecorderOptions options;
  private final BackOff backOff;
  private final BatchSize batchSize = new BatchSize();
  private final Thread thread;
  private final AtomicInteger endsInHand = new AtomicInteger();
  private final Progress progress = new Progress();
  private volatile boolean urgent;
  private volatile boolean gaveUp;
  private volatile @Nullable Deadline closeBy;
  private volatile @Nullable Deadline exitBy;

  Writer(
      RecorderOptions options,
      EntryQueue queue,
      GuardedStorage storage,
      TraceAssembler assembler,
      CallsUnderWay underWay,
      LossLedger losses,
      Problems problems) {
    this.options = options;
    this.backOff = new BackOff(options.pollInterval());
    this.queue = queue;
    this.storage = storage;
    this.assembler = assembler;
    this.underWay = underWay;
    this.losses = losses;
    this.problems = problems;
    this.drops = new Drops(losses, problems);
    this.lossTeller = new LossTeller(losses, storage, backOff);
    this.upkeep = new Upkeep(storage);
    this.store = new BatchStore(storage, losses, lossTeller, problems, () -> isNear(closeBy));
    this.thread = new Thread(null, this, "traceforge-writer", 0, false);
    thread.setDaemon(true);
    // An application server's class loader must not be held by a thread that it does not know.
    thread.setContextClassLoader(Writer.class.getClassLoader());
  }

  void start() {
    thread.start();
  }

  long storedTraces() {
    return store.storedTraces();
  }

  /** Returns how many calls that have ended the writer is about to store. */
  int endsInHand() {
    return endsInHand.get();
  }

  /** Wakes the writer before its time; does nothing if somebody has done so already. */
  void hurry() {
    if (!urgent) {
      urgent = true;
      LockSupport.unpark(thread);
    }
  }

  /** Waits until all that was queued before is stored or given up, and losses are told. */
  boolean flush(Duration timeout) {
    if (Thread.currentThread() == thread) {
      return false;
    }
    long ticket = progress.ask();
    LockSupport.unpark(thread);
    return progress.awaitServed(ticket, TimeUnit.NANOSECONDS.convert(timeout));
  }

  /**
   * Waits as {@link #flush} does. Before the time runs out, the writer gives up what it could not
   * store, to tell it while there is time. Not if the storage fails: then it could tell nothing.
   */
  boolean flushAtExit(Duration timeout) {
    exitBy = Deadline.after(timeout);
    try {
      return flush(timeout);
    } finally {
      exitBy = null;
    }
  }

  /**
   * Stores what is queued, closes the storage and ends the thread, all before the deadline. What
   * cannot be stored is given up before, and told as lost. Waits on an interrupted thread too:
   * threads that are told to stop are where things are closed.
   */
  boolean close(Deadline deadline) {
    Deadline end = deadline;
    if (Thread.currentThread() == thread) {
      end = Deadline.after(Duration.ZERO); // a backend that closes its own recorder
    }
    if (closeBy == null) {
      closeBy = end;
    }
    LockSupport.unpark(thread);
    boolean inTime = progress.awaitFinished(end.left());
    if (inTime) {
      awaitEndOfThread();
    }
    return inTime;
  }

  /** Returns whether something was given up because the time ran out. */
  boolean gaveUp() {
    return gaveUp;
  }

  /** It has nothing left to do; but a container looks for threads when an application is closed. */
  private void awaitEndOfThread() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      while (!isClosing() || queue.size() > 0) {
        pauseUntilWork();
        runGuarded(this::cycle);
      }
      runGuarded(this::tellLosses);
      runGuarded(storage::close);
      problems.log();
    } finally {
      progress.finish();
    }
  }

  private boolean isClosing() {
    return closeBy != null;
  }

  private static boolean isNear(@Nullable Deadline deadline) {
    return deadline != null && deadline.isNear();
  }

  private static boolean isOver(@Nullable Deadline deadline) {
    return deadline != null && deadline.isOver();
  }

  /** Once the storage is closed, nobody can. */
  private void tellLosses() {
    while (!lossTeller.tell(true) && !isOver(closeBy)) {
      pauseAfter(1);
    }
  }

  private long pollNanos() {
    return options.pollInterval().toNanos();
  }

  private void pauseUntilWork() {
    if (hasTime()) {
      park(pollNanos());
    }
    urgent = false;
  }

  private boolean hasTime() {
    return !isClosing() && !urgent && !progress.isAwaited();
  }

  /** An interrupt that somebody left on this thread would make it spin, and a backend give up. */
  private void park(long nanos) {
    LockSupport.parkNanos(this, nanos);
    Thread.interrupted();
  }

  /** One bug or one full heap must not end the recording of everything that follows. */
  private void runGuarded(Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) {
      problems.internalError("TraceForge's writer failed", failure);
    }
  }

  private void cycle() {
    long ticket = progress.asked();
    underWay.endForgotten();
    boolean hurried = !hasTime();
    boolean idle = queue.size() == 0;
    storeQueued();
    lossTeller.tell(isClosing() || progress.isAwaited());
    problems.log();
    progress.serve(ticket);
    if (hasTime()) {
      upkeep.goOn(idle, hurried);
    }
  }

  /** Stores what is there now, and not what comes meanwhile, so that others have their turn. */
  private void storeQueued() {
    long target = queue.size();
    while (target > 0 && queue.size() > 0) {
      upkeep.stored();
      target -= storeBatch();
    }
  }

  /** Stores one batch, trying again until it is stored or given up; returns its entries. */
  private int storeBatch() {
    problems.log();
    long begun = System.nanoTime();
    Batch batch = new Batch(batchSize.entries(), batchBytes(), endsInHand);
    int failures = 0;
    if (isNear(exitBy)) {
      exitBy = null; // what comes later is stored as usual while other hooks work
      giveUpTraces(batch);
    }
    fill(batch);
    while (!store.tryStore(batch, failures)) {
      problems.log();
      if (isOver(closeBy) && !batch.hasTraces()) {
        store.giveUp(batch);
        break;
      }
      failures++;
      pauseAfter(failures);
      fill(batch);
    }
    batchSize.took(batch.entries(), System.nanoTime() - begun);
    return Math.max(1, batch.entries());
  }

  private void pauseAfter(int failures) {
    Deadline deadline = closeBy;
    park(deadline == null ? backOff.nanos(failures) : deadline.shortPause(pollNanos()));
  }

  private void fill(Batch batch) {
    if (isNear(closeBy)) {
      giveUpTraces(batch);
    } else {
      batch.fill(queue, this::assemble);
    }
    queue.signalRoom();
  }

  /** Whoever waits will soon go: what he is to be told comes before all that is left. */
  private void giveUpTraces(Batch batch) {
    long lostBefore = losses.total();
    batch.fillWithFacts(queue, call -> drops.drop(call, "the storage took too long"));
    store.giveUpTraces(batch);
    if (losses.total() > lostBefore) {
      gaveUp = true;
    }
    lossTeller.tell(true);
  }

  /** What is assembled is a copy of what was captured: a part of that at a time. */
  private long batchBytes() {
    return Math.min(LARGEST_BATCH_BYTES, Math.max(1, options.maxBufferedBytes() / 4));
  }

  private @Nullable Trace assemble(QueuedCall call) {
    try {
      return assembler.assemble(call.exchange());
    } catch (Throwable failure) {
      problems.internalError("A call could not be read", failure);
      losses.add(call);
      call.done();
      return null;
    }
  }
}
