package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What may go wrong with parents and children. */
final class HierarchyFaults {
  private static final Class<?> GROUP = StorageBackendContract.Hierarchy.class;

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "does not look at the parents asked for",
              listing((query, trace) -> true),
              GROUP,
              "theTracesOfAnyOfSeveralParents"),
          new Fault(
              "looks at the first parent only",
              listing(HierarchyFaults::hasFirstParent),
              GROUP,
              "theTracesOfAnyOfSeveralParents"),
          new Fault(
              "does not leave a session out",
              listing(HierarchyFaults::hasParent),
              GROUP,
              "theTracesOfOtherSessions"),
          new Fault(
              "tells no sessions below others",
              HierarchyFaults::flat,
              GROUP,
              "theTimelineHasTheSessionsBelowItsCalls"));

  private HierarchyFaults() {}

  private interface Filter {
    boolean takes(TraceQuery query, Trace trace);
  }

  private static boolean hasParent(TraceQuery query, Trace trace) {
    Set<String> parents = query.parentTraceIds();
    return parents == null
        || (trace.parentTraceId() != null && parents.contains(trace.parentTraceId()));
  }

  private static boolean hasFirstParent(TraceQuery query, Trace trace) {
    Set<String> parents = query.parentTraceIds();
    return parents == null
        || parents.stream()
            .sorted()
            .limit(1)
            .anyMatch(p -> Objects.equals(p, trace.parentTraceId()));
  }

  private static UnaryOperator<StorageBackend> listing(Filter filter) {
    return right ->
        new ForwardingBackend(right) {
          @Override
          public Page<Trace> listTraces(TraceQuery query) {
            if (query.parentTraceIds() == null) {
              return super.listTraces(query);
            }
            List<Trace> found =
                all(backend).stream().filter(trace -> filter.takes(query, trace)).toList();
            return new Page<>(found, null);
          }
        };
  }

  private static StorageBackend flat(StorageBackend right) {
    return new ForwardingBackend(right) {
      @Override
      public Optional<SessionTimeline> getTimeline(String sessionId) {
        return super.getTimeline(sessionId).map(timeline -> timeline.withChildren(List.of()));
      }
    };
  }
}
