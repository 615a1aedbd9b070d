package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What may go wrong between threads. */
final class SharingFaults {
  private static final Class<?> SHARING = StorageBackendContract.Sharing.class;

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "breaks when a reader is interrupted",
              Interruptible::new,
              SHARING,
              "anInterruptedReaderHarmsNobody"),
          new Fault(
              "loses a fact that comes with another",
              LostFact::new,
              SHARING,
              "factsThatComeAtTheSameTimeAllCount"),
          new Fault(
              "loses a fact that comes with a trace",
              LostBesideTraces::new,
              SHARING,
              "factsAndTracesThatComeAtTheSameTimeAllCount"),
          new Fault(
              "shows half of what is deleted",
              Halves::new,
              SHARING,
              "aReaderSeesADeletedSessionWholeOrNotAtAll"));

  private SharingFaults() {}

  private static final class Interruptible extends ForwardingBackend {
    Interruptible(StorageBackend backend) {
      super(backend);
    }

    @Override
    public Optional<Trace> getTrace(String traceId) {
      if (Thread.currentThread().isInterrupted()) {
        close();
      }
      return super.getTrace(traceId);
    }
  }

  private static final class LostFact extends ForwardingBackend {
    private final AtomicInteger inside = new AtomicInteger();

    LostFact(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void updateSession(SessionUpdate update) {
      try {
        if (inside.incrementAndGet() == 1) {
          Races.giveTimeUntil(() -> inside.get() > 1);
          super.updateSession(update);
        }
      } finally {
        inside.decrementAndGet();
      }
    }
  }

  private static final class LostBesideTraces extends ForwardingBackend {
    private final AtomicLong saved = new AtomicLong();
    private final AtomicInteger updating = new AtomicInteger();

    LostBesideTraces(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      Races.giveTimeUntil(() -> updating.get() > 0);
      super.saveTraces(batch);
      saved.incrementAndGet();
    }

    @Override
    public void updateSession(SessionUpdate update) {
      long before = saved.get();
      updating.incrementAndGet();
      Races.giveTimeUntil(() -> saved.get() > before);
      updating.decrementAndGet();
      if (saved.get() == before) {
        super.updateSession(update);
      }
    }
  }

  /** Deletes trace by trace, as far as a reader can see. */
  private static final class Halves extends ForwardingBackend {
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean deleting;

    Halves(StorageBackend backend) {
      super(backend);
    }

    @Override
    public boolean deleteSession(String sessionId) {
      deleting = true;
      long before = reads.get();
      Races.giveTimeUntil(() -> reads.get() > before + 1);
      deleting = false;
      return super.deleteSession(sessionId);
    }

    @Override
    public Page<Trace> listTraces(TraceQuery query) {
      boolean half = deleting;
      Page<Trace> page = super.listTraces(query);
      reads.incrementAndGet();
      return half
          ? new Page<>(page.items().subList(0, page.items().size() / 2), page.nextCursor())
          : page;
    }
  }
}
