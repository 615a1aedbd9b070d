package io.traceforge.recording;

import io.traceforge.protocol.LlmProtocols;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls from callers' threads and hands them to the one writer thread, which stores them.
 *
 * <p>Recording neither throws into nor holds up the caller, unless {@link OverflowPolicy#BLOCK} is
 * asked for: what cannot be recorded is counted (see {@link #stats()}), told in its session's
 * metadata, and logged once for each kind, by the writer's thread. Safe for use by many threads.
 */
public final class Recorder implements AutoCloseable {
  private final RecorderOptions options;
  private final EntryQueue queue;
  private final ByteBudget budget;
  private final LiveSessions sessions;
  private final LossLedger losses = new LossLedger();
  private final Problems problems = new Problems();
  private final Drops drops = new Drops(losses, problems);
  private final Writer writer;
  private final InstantSource clock;
  private final CallsUnderWay underWay = new CallsUnderWay();
  private final @Nullable Pruner pruner;
  private final @Nullable ExitHook exitHook;
  private final boolean off;
  private volatile boolean closed;
  private volatile boolean gaveUp;

  private Recorder(
      StorageBackend storage, RecorderOptions options, InstantSource clock, boolean off) {
    this.options = options;
    this.clock = clock;
    this.off = off;
    this.queue = new EntryQueue(options);
    this.budget = new ByteBudget(options.maxBufferedBytes());
    this.sessions = new LiveSessions(options.sessionTimeout());
    this.pruner = newPruner(storage);
    this.writer =
        new Writer(options, queue, guard(storage), newAssembler(), underWay, losses, problems);
    this.exitHook = options.shutdownHook() ? new ExitHook(this::atExit) : null;
  }

  private @Nullable Pruner newPruner(StorageBackend storage) {
    RetentionPolicy policy = options.retention();
    if (policy == null) {
      return null;
    }
    Retention retention =
        storage
            .retention()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "retention: "
                            + storage.getClass().getName()
                            + " cannot delete old sessions by itself"));
    return new Pruner(retention, policy, options.retentionInterval(), problems);
  }

  private GuardedStorage guard(StorageBackend storage) {
    Pruner watching = pruner;
    return new GuardedStorage(storage, problems, watching == null ? () -> {} : watching::look);
  }

  private TraceAssembler newAssembler() {
    return new TraceAssembler(
        new ContentDecoder(options.maxBodyBytes()),
        LlmProtocols.known(failure -> problems.internalError("A protocol failed", failure)),
        options.redactor());
  }

  /**
   * Starts a recorder that stores what it records in a backend, which it closes at its own end.
   *
   * @throws IllegalArgumentException if there is a retention policy, and the backend has no
   *     retention
   */
  public static Recorder start(StorageBackend storage, RecorderOptions options) {
    return start(storage, options, InstantSource.system());
  }

  static Recorder start(StorageBackend storage, RecorderOptions options, InstantSource clock) {
    Recorder recorder = new Recorder(storage, options, clock, false);
    recorder.writer.start();
    if (recorder.pruner != null) {
      recorder.pruner.start();
    }
    if (recorder.exitHook != null) {
      recorder.exitHook.install();
    }
    return recorder;
  }

  /** Returns a recorder that records nothing. */
  public static Recorder off() {
    RecorderOptions options = RecorderOptions.builder().shutdownHook(false).build();
    Recorder off =
        new Recorder(new InMemoryStorageBackend(), options, InstantSource.system(), true);
    off.problems.logWithoutWriter();
    return off;
  }

  /** Begins the recording of a call. */
  public CallRecording begin(SessionPosition position) {
    return new CallRecording(this, position);
  }

  /** Records a fact about a session, after all that was recorded before. */
  public void updateSession(SessionUpdate update) {
    if (off) {
      return;
    }
    QueuedUpdate fact = new QueuedUpdate(update, options.redactor());
    if (closed || !queue.add(fact, true)) {
      drops.drop(fact, reason());
    } else if (queue.isClosed()) {
      drops.dropAll(queue, reason());
    }
  }

  private String reason() {
    return closed ? "the recorder is closed" : "the queue is full";
  }

  /**
   * Records that a session goes on.
   *
   * @param lastCallNumber what its next call is numbered after
   * @param lastTraceId the trace of its last call, or {@code null} if it had none
   */
  public void resumeSession(String sessionId, int lastCallNumber, @Nullable String lastTraceId) {
    sessions.resume(sessionId, lastCallNumber, lastTraceId);
    updateSession(SessionUpdate.resumed(sessionId, now()));
    tellTimeout(sessionId);
  }

  /** What a session that was never told otherwise has anyway need not be stored. */
  private void tellTimeout(String sessionId) {
    if (!options.sessionTimeout().equals(SessionUpdate.DEFAULT_TIMEOUT)) {
      updateSession(SessionUpdate.timeout(sessionId, now(), options.sessionTimeout()));
    }
  }

  /**
   * Waits until all that was recorded before is stored.
   *
   * @return whether it was within the timeout
   */
  public boolean flush(Duration timeout) {
    return off || writer.flush(timeout);
  }

  /** Returns what this recorder has done so far. */
  public RecorderStats stats() {
    return RecorderStats.of(
        writer.storedTraces(),
        losses.total() + (gaveUp ? writer.endsInHand() : 0),
        losses.lostUpdates(),
        queue.size(),
        budget.used(),
        budget.cutBodies(),
        problems.storageFailures(),
        problems.internalErrors());
  }

  /**
   * Takes note of a failure inside TraceForge that was kept from the caller. For client adapters.
   */
  public void internalError(String what, Throwable failure) {
    problems.internalError(what, failure);
  }

  /** Takes note of something odd in what the caller gave; logged once for each text. */
  public void warnOnce(String what) {
    problems.warnOnce(what);
  }

  /**
   * Stores what is pending and closes the storage backend, within {@link
   * RecorderOptions#closeTimeout}, whatever the backend does.
   *
   * <p>What is not stored when the last quarter of that time begins, or its last second if that is
   * shorter, is given up: the calls count as lost, and their sessions are told so, before the
   * backend is closed. A backend that does not come back to the writer in that time cannot be told:
   * what it holds up stands in {@link #stats()} and in the log alone, until it does come back.
   *
   * <p>Calls that end later are not recorded, only counted. Closing again does nothing.
   */
  @Override
  public void close() {
    if (closed || off) {
      return;
    }
    drain();
    // Not before: if the JVM begins to exit meanwhile, the hook is what it waits for.
    if (exitHook != null) {
      exitHook.remove();
    }
  }

  /**
   * Does not close: the JVM runs all hooks at once, and those of the program may still wait for
   * calls to end. The writer works on until all hooks are done. But what it had no time for until
   * now is given up and told, as this may be the end.
   */
  private void atExit() {
    if (closed) {
      drain(); // somebody closes already, in a thread that the JVM does not wait for
      return;
    }
    boolean inTime = writer.flushAtExit(options.closeTimeout());
    warnOfRest(inTime);
    problems.log();
  }

  private void drain() {
    closed = true;
    Deadline deadline = Deadline.after(options.closeTimeout());
    if (pruner != null) {
      pruner.stop();
    }
    gaveUp = !writer.close(deadline);
    if (pruner != null && !gaveUp) {
      pruner.awaitEnd(deadline);
    }
    queue.close();
    drops.dropAll(queue, reason()); // what came while the writer ended, or after it gave up
    warnOfRest(!gaveUp);
    problems.logWithoutWriter();
  }

  private void warnOfRest(boolean inTime) {
    long lost = stats().lostTraces();
    if (!inTime && lost == 0 && queue.size() == 0) {
      problems.warnOnce(
          "The storage did not close within the close timeout of " + options.closeTimeout());
    } else if (!inTime || writer.gaveUp()) {
      problems.warnOnce(
          "Not everything was stored within the close timeout of "
              + options.closeTimeout()
              + "; lost calls: "
              + lost
              + ", entries that still wait: "
              + queue.size());
    }
  }

  /**
   * Returns the trace of the last call of a session whose request was sent, of a session that was
   * resumed since also that of the last one stored before, or {@code null} if this recorder knows
   * of none. A session that was silent past the timeout may be forgotten.
   */
  public @Nullable String lastTraceId(String sessionId) {
    return sessions.lastTraceId(sessionId);
  }

  /** Returns whether the close has begun. */
  public boolean isClosed() {
    return closed;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Returns where a call stands among those of its session.
   *
   * @param traceId the call's trace
   * @param time when it began by the clock, which may have been set back since the session's last
   * @param nanos when it began by {@link System#nanoTime}
   */
  LiveSessions.Place place(SessionPosition position, String traceId, Instant time, long nanos) {
    String sessionId = position.sessionId();
    if (sessionId == null) {
      return new LiveSessions.Place(0, time);
    }
    LiveSessions.Place place =
        position.singleCall()
            ? new LiveSessions.Place(1, time)
            : sessions.place(sessionId, traceId, time, nanos);
    if (place.callNumber() == 1) {
      tellTimeout(sessionId);
    }
    return place;
  }

  /** Hands an entry to the writer; returns whether it will come to it. */
  boolean enqueue(QueuedCall call, boolean mayWait) {
    if (off) {
      call.recording().release();
      return false;
    }
    if (closed || !queue.add(call, mayWait)) {
      drops.drop(call, reason());
      return false;
    }
    if (queue.isClosed()) {
      drops.dropAll(queue, reason()); // the close may have looked for them before this one came
    }
    hurryIfFull();
    return true;
  }

  void hurryIfFull() {
    if (budget.cutBodies() > 0) {
      problems.warnAtEachTenfold("Bodies were cut: the buffer is full", budget.cutBodies());
    }
    if (queue.size() > options.queueCapacity() / 2
        || budget.used() > options.maxBufferedBytes() / 2) {
      writer.hurry();
    }
  }

  @Nullable Object watch(Object response, CallRecording recording) {
    return off ? null : underWay.watch(response, recording);
  }

  void hold(CallRecording recording) {
    if (!off) {
      underWay.hold(recording);
    }
  }

  void letGo(CallRecording recording) {
    underWay.letGo(recording);
  }

  BodyCapture newCapture(@Nullable ArrivalTimes arrivals, long expectedSize) {
    return new BodyCapture(options.maxBodyBytes(), budget, arrivals, expectedSize);
  }
}
