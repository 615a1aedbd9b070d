package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What may go wrong at the end, after it, and in between. */
final class LifecycleFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault(
              "can be asked after its close",
              AskedAfterwards::new,
              StorageBackendContract.Lifecycle.class,
              "everyOperationAfterTheCloseIsRefused"),
          new Fault(
              "cannot be closed twice",
              ClosedOnce::new,
              StorageBackendContract.Lifecycle.class,
              "closingTwiceIsClosingOnce"),
          new Fault(
              "loses its content when it is closed",
              Forgetful::new,
              StorageBackendContract.Lifecycle.class,
              "whatWasStoredIsThereAfterOpeningAgain"),
          Fault.inSearch(
              "searches after its close",
              SearchedAfterwards::new,
              StorageBackendContract.Lifecycle.class,
              "searchAndRetentionAreClosedToo"),
          new Fault(
              "always has more to do, even after its close",
              NeverDone::new,
              StorageBackendContract.Lifecycle.class,
              "thereIsNothingToMaintainAfterTheClose"),
          new Fault(
              "always has more to do",
              NeverDone::new,
              StorageBackendContract.Maintenance.class,
              "comesToAnEnd"),
          new Fault(
              "tidies traces away",
              TidiesAway::new,
              StorageBackendContract.Maintenance.class,
              "changesNothing"));

  private LifecycleFaults() {}

  private static final class AskedAfterwards extends ForwardingBackend {
    AskedAfterwards(StorageBackend backend) {
      super(backend);
    }

    @Override
    public Optional<Trace> getTrace(String traceId) {
      try {
        return super.getTrace(traceId);
      } catch (IllegalStateException closed) {
        return Optional.empty();
      }
    }
  }

  private static final class ClosedOnce extends ForwardingBackend {
    private final AtomicBoolean closed = new AtomicBoolean();

    ClosedOnce(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void close() {
      super.close();
      if (closed.getAndSet(true)) {
        throw new IllegalStateException("closed");
      }
    }
  }

  private static final class Forgetful extends ForwardingBackend {
    private boolean closed;

    Forgetful(StorageBackend backend) {
      super(backend);
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        listSessions().forEach(session -> deleteSession(session.sessionId()));
      }
      super.close();
    }
  }

  private static final class SearchedAfterwards extends ForwardingSearch {
    SearchedAfterwards(TraceSearch search) {
      super(search);
    }

    @Override
    public Page<SearchHit> search(SearchQuery query) {
      try {
        return super.search(query);
      } catch (IllegalStateException closed) {
        return new Page<>(List.of(), null);
      }
    }
  }

  private static final class NeverDone extends ForwardingBackend {
    NeverDone(StorageBackend backend) {
      super(backend);
    }

    @Override
    public boolean maintain() {
      return true;
    }
  }

  private static final class TidiesAway extends ForwardingBackend {
    TidiesAway(StorageBackend backend) {
      super(backend);
    }

    @Override
    public boolean maintain() {
      listSessions().forEach(session -> deleteSession(session.sessionId()));
      return false;
    }
  }
}
