package io.traceforge.benchmarks.storage;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceStatus;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that stores a small trace each millisecond, and how long each time it has to wait. What
 * it does is little, so what it waits for is others.
 */
final class WaitingWriter implements AutoCloseable {
  private static final long PAUSE_NANOS = 1_000_000;

  private final StorageBackend backend;
  private final Thread thread = new Thread(this::store, "waiting-writer");
  private volatile Nanos notes;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;
  private int stored;

  /** Starts. Waits are noted in {@code notes}. */
  WaitingWriter(StorageBackend backend, Nanos notes) {
    this.backend = backend;
    this.notes = notes;
    thread.start();
  }

  /** Notes waits that begin from now on elsewhere. */
  void noteIn(Nanos elsewhere) {
    notes = elsewhere;
  }

  private void store() {
    try {
      while (!closed) {
        Nanos here = notes;
        List<Trace> traces = List.of(trace());
        long began = System.nanoTime();
        backend.saveTraces(traces);
        here.add(System.nanoTime() - began);
        stored++;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private static Trace trace() {
    TraceBody body = TraceBody.ofText("{\"model\":\"gpt-4o-mini\",\"input\":\"?\"}", null);
    return Trace.builder()
        .id(Ids.next())
        .status(TraceStatus.SUCCESS)
        .startTime(Instant.now())
        .request(
            TraceRequest.of("POST", "http://localhost/v1/embeddings", HttpHeaders.empty(), body))
        .build();
  }

  /** Stops. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new IllegalStateException("a trace could not be stored", failure);
    }
  }

  /** Returns how many traces were stored; only once this is closed. */
  int stored() {
    return stored;
  }
}
