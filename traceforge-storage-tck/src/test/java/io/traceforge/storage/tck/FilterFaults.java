package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** What may go wrong when sessions are asked for by what they are. */
final class FilterFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault(
              "lists sessions of any status",
              asking(query -> query.withStatus(SessionStatus.FAILED, SessionStatus.values())),
              StorageBackendContract.SessionFilters.class,
              "byStatus"),
          new Fault(
              "knows no silence when it is asked for a status",
              keeping((query, session) -> query.matches(session) && session.endTime() != null),
              StorageBackendContract.SessionFilters.class,
              "byTheStatusOfNow"),
          new Fault(
              "takes a part of a model's name for the whole",
              keeping(FilterFaults::hasPart),
              StorageBackendContract.SessionFilters.class,
              "byModelAndProvider"),
          new Fault(
              "leaves out sessions after it has cut the page",
              right ->
                  new ForwardingBackend(right) {
                    @Override
                    public Page<SessionMetadata> listSessions(SessionQuery query) {
                      return kept(
                          super.listSessions(withoutFigures(query)), query, SessionQuery::matches);
                    }
                  },
              StorageBackendContract.SessionFilters.class,
              "filtersOfAllKindsTogether"),
          new Fault(
              "forgets a session that has lost its last trace",
              FilterFaults::forgetting,
              StorageBackendContract.SessionFilters.class,
              "aSessionWhoseOnlyTraceWentToAnotherOne"));

  private FilterFaults() {}

  static StorageBackend forgetting(StorageBackend right) {
    return new ForwardingBackend(right) {
      @Override
      public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
        return super.getSessionMetadata(sessionId).filter(session -> session.totalTraces() > 0);
      }
    };
  }

  private static UnaryOperator<StorageBackend> asking(UnaryOperator<SessionQuery> change) {
    return right ->
        new ForwardingBackend(right) {
          @Override
          public Page<SessionMetadata> listSessions(SessionQuery query) {
            return super.listSessions(change.apply(query));
          }
        };
  }

  /** One page is enough for these. */
  private static UnaryOperator<StorageBackend> keeping(
      BiPredicate<SessionQuery, SessionMetadata> condition) {
    return right ->
        new ForwardingBackend(right) {
          @Override
          public Page<SessionMetadata> listSessions(SessionQuery query) {
            return kept(
                super.listSessions(withoutFigures(query).withLimit(1_000)), query, condition);
          }
        };
  }

  /** Returns a query without what is asked of figures. */
  private static SessionQuery withoutFigures(SessionQuery query) {
    SessionQuery all = SessionQuery.all().withLimit(query.limit()).after(query.cursor());
    return query.newestFirst() ? all : all.reversed();
  }

  private static Page<SessionMetadata> kept(
      Page<SessionMetadata> page,
      SessionQuery query,
      BiPredicate<SessionQuery, SessionMetadata> condition) {
    return new Page<>(
        page.items().stream().filter(session -> condition.test(query, session)).toList(),
        page.nextCursor());
  }

  private static boolean hasPart(SessionQuery query, SessionMetadata session) {
    String model = query.model();
    return model == null
        ? query.matches(session)
        : session.modelsUsed().stream().anyMatch(name -> name.contains(model));
  }
}
