package io.traceforge.storage.tck;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What may go wrong when batches are stored. */
final class WritingFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault(
              "drops the last of a batch",
              right -> new LimitedBatch(right, 1),
              StorageBackendContract.RoundTrip.class,
              "aBatchComesBackWhole"),
          new Fault(
              "stores no more than 1,000 traces of a batch",
              right -> new LimitedBatch(right, 1_000),
              StorageBackendContract.Merging.class,
              "aBatchIsOfAnySize"),
          new Fault(
              "stores half a batch when the other half is wrong",
              OneByOne::new,
              StorageBackendContract.Merging.class,
              "aBatchWithANullIsNotStoredAtAll"),
          new Fault(
              "shows half a batch",
              OneByOne::new,
              StorageBackendContract.Concurrency.class,
              "readersSeeWholeBatchesOnly"),
          new Fault(
              "lets a late beginning overwrite the end",
              LastWins::new,
              StorageBackendContract.Merging.class,
              "aLateBeginningDoesNotReplaceTheEnd"),
          new Fault(
              "counts a trace each time it is stored",
              CountsTwice::new,
              StorageBackendContract.Merging.class,
              "theSameBatchTwiceIsTheSameAsOnce"),
          new Fault(
              "loses what two threads store at the same time",
              LostUpdate::new,
              StorageBackendContract.Concurrency.class,
              "writersOfOneSession"),
          new Fault(
              "breaks when its thread is interrupted",
              Interruptible::new,
              StorageBackendContract.Concurrency.class,
              "anInterruptedThreadStillWritesWhole"));

  private WritingFaults() {}

  private static final class LimitedBatch extends ForwardingBackend {
    private final int limit;

    LimitedBatch(StorageBackend backend, int limit) {
      super(backend);
      this.limit = limit;
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      super.saveTraces(batch.subList(0, Math.min(batch.size(), limit)));
    }
  }

  private static final class OneByOne extends ForwardingBackend {
    private final AtomicLong reads = new AtomicLong();

    OneByOne(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      super.saveTraces(List.of());
      for (int i = 0; i < batch.size(); i++) {
        super.saveTraces(batch.subList(i, i + 1));
        long before = reads.get();
        int stored = i + 1;
        Races.giveTimeUntil(() -> stored > 1 || reads.get() > before);
      }
    }

    @Override
    public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
      reads.incrementAndGet();
      return super.getSessionMetadata(sessionId);
    }
  }

  private static final class LastWins extends ForwardingBackend {
    private final Map<String, Trace> last = new ConcurrentHashMap<>();

    LastWins(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      super.saveTraces(batch);
      batch.forEach(trace -> last.put(trace.id(), trace));
    }

    @Override
    public Optional<Trace> getTrace(String traceId) {
      return super.getTrace(traceId).map(right -> last.getOrDefault(traceId, right));
    }
  }

  private static final class CountsTwice extends ForwardingBackend {
    private final Map<@Nullable String, Integer> counts = new HashMap<>();

    CountsTwice(StorageBackend backend) {
      super(backend);
    }

    @Override
    public synchronized void saveTraces(List<Trace> batch) {
      super.saveTraces(batch);
      batch.forEach(trace -> counts.merge(trace.sessionId(), 1, Integer::sum));
    }

    @Override
    public synchronized Optional<SessionMetadata> getSessionMetadata(String sessionId) {
      return super.getSessionMetadata(sessionId)
          .map(m -> m.toBuilder().totalTraces(counts.getOrDefault(sessionId, 0)).build());
    }
  }

  private static final class LostUpdate extends ForwardingBackend {
    private final AtomicInteger inside = new AtomicInteger();

    LostUpdate(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      try {
        if (inside.incrementAndGet() == 1) {
          Races.giveTimeUntil(() -> inside.get() > 1);
          super.saveTraces(batch);
        }
      } finally {
        inside.decrementAndGet();
      }
    }
  }

  private static final class Interruptible extends ForwardingBackend {
    Interruptible(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      if (Thread.currentThread().isInterrupted()) {
        close();
      }
      super.saveTraces(batch);
    }
  }
}
