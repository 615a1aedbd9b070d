package io.traceforge.recording;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
  private final BatchStore store;
  private final LossTeller lossTeller;
  private final RecorderOptions options;
  private final BackOff backOff;
  private final BatchSize batchSize = new BatchSize();
  private final Thread thread;
  private final AtomicInteger endsInHand = new AtomicInteger();
  private final AtomicLong flushesAsked = new AtomicLong();
  private long flushesServed; // guarded by this
  private boolean finished; // guarded by this
  private boolean mayMaintain;
  private volatile boolean urgent;
  private volatile boolean closing;
  private volatile long giveUpAt;

  Writer(
      RecorderOptions options,
      EntryQueue queue,
      StorageBackend storage,
      TraceAssembler assembler,
      CallsUnderWay underWay,
      LossLedger losses,
      Problems problems) {
    this.options = options;
    this.backOff = new BackOff(options.pollInterval());
    this.queue = queue;
    this.storage = new GuardedStorage(storage, problems);
    this.assembler = assembler;
    this.underWay = underWay;
    this.losses = losses;
    this.problems = problems;
    this.store = new BatchStore(this.storage, losses);
    this.lossTeller = new LossTeller(losses, this.storage, backOff);
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
    long ticket = flushesAsked.incrementAndGet();
    LockSupport.unpark(thread);
    return await(timeout, ticket, true);
  }

  /**
   * Stores what is queued, closes the storage and ends the thread, all within the timeout. Waits on
   * an interrupted thread too: threads that are told to stop are where things are closed.
   */
  boolean close(Duration timeout) {
    if (Thread.currentThread() == thread) {
      timeout = Duration.ZERO; // a backend that closes its own recorder: nobody else can finish
    }
    if (!closing) {
      giveUpAt = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
      closing = true;
    }
    LockSupport.unpark(thread);
    boolean inTime = await(timeout, Long.MAX_VALUE, false);
    if (inTime) {
      awaitEndOfThread();
    }
    return inTime;
  }

  /** It has nothing left to do; but a container looks for threads when an application is closed. */
  private void awaitEndOfThread() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean await(Duration timeout, long ticket, boolean interruptibly) {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    boolean interrupted = false;
    while (!finished && flushesServed < ticket && !(interrupted && interruptibly)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return finished || flushesServed >= ticket;
  }

  @Override
  public void run() {
    try {
      while (!closing || queue.size() > 0) {
        pauseUntilWork();
        runGuarded(this::cycle);
      }
      runGuarded(storage::close);
    } finally {
      signal(0, true);
    }
  }

  private long pollNanos() {
    return options.pollInterval().toNanos();
  }

  private void pauseUntilWork() {
    if (!closing && !urgent && flushesAsked.get() == served()) {
      park(pollNanos());
    }
    urgent = false;
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
    long ticket = flushesAsked.get();
    underWay.endForgotten();
    long target = queue.size();
    if (target > 0) {
      mayMaintain = true;
    } else if (mayMaintain && !closing && ticket == served()) {
      mayMaintain = storage.maintain();
    }
    while (target > 0) {
      target -= storeBatch();
    }
    lossTeller.tell(closing || ticket > served());
    signal(ticket, false);
  }

  /** Stores one batch, trying again until it is stored or given up; returns its entries. */
  private int storeBatch() {
    long begun = System.nanoTime();
    Batch batch = new Batch(batchSize.entries(), batchBytes(), endsInHand);
    int failures = 0;
    fill(batch);
    while (!store.tryStore(batch, failures)) {
      if (closing && System.nanoTime() - giveUpAt > 0) {
        store.giveUp(batch);
        break;
      }
      failures++;
      park(closing ? pollNanos() : backOff.nanos(failures));
      fill(batch);
    }
    batchSize.took(batch.entries(), System.nanoTime() - begun);
    return Math.max(1, batch.entries());
  }

  private void fill(Batch batch) {
    batch.fill(queue, this::assemble);
    queue.signalRoom();
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

  private synchronized long served() {
    return flushesServed;
  }

  private synchronized void signal(long ticket, boolean end) {
    flushesServed = Math.max(flushesServed, ticket);
    finished |= end;
    notifyAll();
  }
}
