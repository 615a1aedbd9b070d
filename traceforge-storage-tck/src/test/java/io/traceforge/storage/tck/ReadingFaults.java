package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceKey;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What may go wrong when lists are read. */
final class ReadingFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault(
              "forgets the order",
              listing((query, page) -> sorted(page)),
              StorageBackendContract.Order.class,
              "theTracesOfASessionComeByStepThenStartThenId"),
          new Fault(
              "does not look at the status asked for",
              asking(
                  query ->
                      query.sessionId() == null
                          ? TraceQuery.all()
                          : TraceQuery.ofSession(query.sessionId())),
              StorageBackendContract.Order.class,
              "byStatus"),
          new Fault(
              "leaves a gap between pages",
              listing(ReadingFaults::withoutTheFirst),
              StorageBackendContract.Paging.class,
              "pagesTogetherAreTheWhole"),
          new Fault(
              "says that there is more after the last page",
              listing((query, page) -> withNext(page)),
              StorageBackendContract.Paging.class,
              "theLastPageHasNoNext"),
          new Fault(
              "counts pages from the beginning",
              OffsetPages::new,
              StorageBackendContract.Paging.class,
              "writesBetweenPagesLeaveNoGap"),
          new Fault(
              "counts pages from the beginning while others write",
              OffsetPages::new,
              StorageBackendContract.Concurrency.class,
              "pagesHaveNoGapsWhileOthersWrite"),
          new Fault(
              "takes any cursor",
              AnyCursor::new,
              StorageBackendContract.Paging.class,
              "aCursorThatNoPageGaveIsRefused"),
          new Fault(
              "moves a session when it grows",
              MovingSessions::new,
              StorageBackendContract.Paging.class,
              "aSessionKeepsItsPlaceWhileItGrows"));

  private ReadingFaults() {}

  private static UnaryOperator<StorageBackend> listing(
      BiFunction<TraceQuery, Page<Trace>, Page<Trace>> change) {
    return right ->
        new ForwardingBackend(right) {
          @Override
          public Page<Trace> listTraces(TraceQuery query) {
            return change.apply(query, super.listTraces(query));
          }
        };
  }

  private static UnaryOperator<StorageBackend> asking(UnaryOperator<TraceQuery> change) {
    return right ->
        new ForwardingBackend(right) {
          @Override
          public Page<Trace> listTraces(TraceQuery query) {
            return super.listTraces(change.apply(query));
          }
        };
  }

  private static Page<Trace> sorted(Page<Trace> page) {
    List<Trace> items = new ArrayList<>(page.items());
    items.sort(Comparator.comparing(Trace::id));
    return new Page<>(items, page.nextCursor());
  }

  private static Page<Trace> withoutTheFirst(TraceQuery query, Page<Trace> page) {
    boolean gap = query.cursor() != null && !page.items().isEmpty();
    return gap ? new Page<>(page.items().subList(1, page.items().size()), page.nextCursor()) : page;
  }

  private static Page<Trace> withNext(Page<Trace> page) {
    if (page.nextCursor() != null || page.items().isEmpty()) {
      return page;
    }
    Trace last = page.items().get(page.items().size() - 1);
    return new Page<>(page.items(), TraceKey.of(last).toCursor());
  }

  private static final class OffsetPages extends ForwardingBackend {
    private final AtomicLong writes = new AtomicLong();

    OffsetPages(StorageBackend backend) {
      super(backend);
    }

    @Override
    public void saveTraces(List<Trace> batch) {
      super.saveTraces(batch);
      writes.incrementAndGet();
    }

    @Override
    public Page<Trace> listTraces(TraceQuery query) {
      long before = writes.get();
      Races.giveTimeUntil(
          () -> query.cursor() == null || writes.get() > before, Duration.ofMillis(5));
      int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
      List<Trace> all = super.listTraces(query.after(null).withLimit(1_000)).items();
      int to = Math.min(all.size(), from + query.limit());
      String next = to < all.size() ? Integer.toString(to) : null;
      return new Page<>(all.subList(Math.min(from, to), to), next);
    }
  }

  private static final class AnyCursor extends ForwardingBackend {
    AnyCursor(StorageBackend backend) {
      super(backend);
    }

    @Override
    public Page<Trace> listTraces(TraceQuery query) {
      return "nonsense".equals(query.cursor())
          ? new Page<>(List.of(), null)
          : super.listTraces(query);
    }
  }

  private static final class MovingSessions extends ForwardingBackend {
    MovingSessions(StorageBackend backend) {
      super(backend);
    }

    @Override
    public Page<SessionMetadata> listSessions(SessionQuery query) {
      String after = query.cursor();
      List<SessionMetadata> found =
          super.listSessions(SessionQuery.all().withLimit(1_000)).items().stream()
              .filter(session -> after == null || key(session).compareTo(after) < 0)
              .sorted(Comparator.comparing(MovingSessions::key).reversed())
              .limit(query.limit() + 1L)
              .toList();
      return Page.of(found, query.limit(), MovingSessions::key);
    }

    private static String key(SessionMetadata session) {
      return Objects.toString(session.endTime()) + session.sessionId();
    }
  }
}
