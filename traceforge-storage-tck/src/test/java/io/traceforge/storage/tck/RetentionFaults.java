package io.traceforge.storage.tck;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What may go wrong when a policy is carried out. */
final class RetentionFaults {
  private static final Class<?> CHOICE = StorageBackendContract.Retention.class;
  private static final Class<?> PRUNING = StorageBackendContract.Pruning.class;

  static final List<Fault> ALL =
      List.of(
          Fault.inRetention(
              "deletes a session in progress",
              RetentionFaults::deletingLive,
              CHOICE,
              "aSessionInProgressStaysWhateverThePolicy"),
          Fault.inRetention(
              "deletes the newest first",
              RetentionFaults::newestFirst,
              CHOICE,
              "theOldestAreThoseThatBeganFirstNotThoseStoredFirst"),
          Fault.inRetention(
              "counts a session's age from its beginning",
              RetentionFaults::fromTheBeginning,
              CHOICE,
              "ageIsCountedFromWhenASessionWasLastHeardOf"),
          Fault.inRetention(
              "leaves traces of no session",
              RetentionFaults::keepingLoneTraces,
              CHOICE,
              "aTraceOfNoSessionIsASessionOfItsOwnButDoesNotCountAsOne"),
          changing("does not count bytes", RetentionFaults::withoutBytes, "byBytes"),
          Fault.inRetention(
              "tells other bytes than it bounds",
              (backend, right) -> new Telling(right),
              CHOICE,
              "theBytesInUseAreThoseThatAPolicyBounds"),
          changing(
              "takes no bound for nothing",
              policy ->
                  policy.equals(RetentionPolicy.keepAll()) ? policy.withMaxSessions(0) : policy,
              "everythingIsKeptWithoutABound"),
          Fault.inRetention(
              "tells a wrong number",
              (backend, right) -> policy -> right.prune(policy).plus(PruneResult.of(0, 1)),
              CHOICE,
              "byAge"),
          Fault.inRetention(
              "takes half a session", RetentionFaults::halfSessions, PRUNING, "sessionsGoWhole"),
          Fault.inRetention(
              "takes the old traces of a session",
              RetentionFaults::oldTraces,
              PRUNING,
              "orStayWhole"),
          Fault.inRetention(
              "touches the sessions that stay",
              RetentionFaults::touchingOthers,
              PRUNING,
              "theOthersAreAsBefore"),
          Fault.inRetention(
              "tells the same again",
              RetentionFaults::tellingAgain,
              PRUNING,
              "thereIsNothingToDoTheSecondTime"),
          Fault.inRetention(
              "loses what is stored meanwhile",
              RetentionFaults::losingWhatIsNew,
              PRUNING,
              "writingGoesOnMeanwhile"),
          Fault.inRetention(
              "deletes a session in progress, as any order of things shows",
              RetentionFaults::deletingLive,
              StorageBackendContract.Figures.class,
              "afterAnyOperationsAndPrunings"));

  private RetentionFaults() {}

  private record Telling(Retention right) implements Retention {
    @Override
    public PruneResult prune(RetentionPolicy policy) {
      return right.prune(policy);
    }

    @Override
    public OptionalLong usedBytes() {
      return OptionalLong.of(right.usedBytes().orElseThrow() / 2);
    }
  }

  private static Fault changing(String name, UnaryOperator<RetentionPolicy> change, String test) {
    return Fault.inRetention(
        name, (backend, right) -> policy -> right.prune(change.apply(policy)), CHOICE, test);
  }

  private static RetentionPolicy withoutBytes(RetentionPolicy policy) {
    return policy.maxBytes() == null ? policy : RetentionPolicy.keepAll();
  }

  private static Retention deletingLive(StorageBackend backend, Retention right) {
    return policy -> {
      PruneResult result = right.prune(policy);
      backend.listSessions().stream()
          .filter(session -> session.status() == SessionStatus.IN_PROGRESS)
          .forEach(session -> backend.deleteSession(session.sessionId()));
      return result;
    };
  }

  private static Retention newestFirst(StorageBackend backend, Retention right) {
    return policy -> {
      Long most = policy.maxSessions();
      List<SessionMetadata> sessions = backend.listSessions(SessionQuery.all().reversed()).items();
      for (int i = most == null ? sessions.size() : most.intValue(); i < sessions.size(); i++) {
        backend.deleteSession(sessions.get(i).sessionId());
      }
      return right.prune(policy);
    };
  }

  private static Retention fromTheBeginning(StorageBackend backend, Retention right) {
    return policy -> {
      Duration age = Objects.requireNonNull(policy.maxAge());
      Instant cutoff = ForgettingTests.NOW.minus(age);
      long deleted =
          backend.listSessions().stream()
              .filter(session -> cutoff.isAfter(Objects.requireNonNull(session.startTime())))
              .filter(session -> backend.deleteSession(session.sessionId()))
              .count();
      return right.prune(policy).plus(PruneResult.of(deleted, deleted));
    };
  }

  private static Retention keepingLoneTraces(StorageBackend backend, Retention right) {
    return policy -> {
      List<Trace> alone =
          ForwardingBackend.all(backend).stream().filter(t -> t.sessionId() == null).toList();
      PruneResult result = right.prune(policy);
      backend.saveTraces(alone);
      return result;
    };
  }

  private static Retention halfSessions(StorageBackend backend, Retention right) {
    return policy -> {
      List<Trace> before = ForwardingBackend.all(backend);
      PruneResult result = right.prune(policy);
      backend.saveTraces(before.subList(0, Math.min(1, before.size())));
      return result;
    };
  }

  private static Retention oldTraces(StorageBackend backend, Retention right) {
    return policy -> {
      PruneResult result = right.prune(policy);
      for (SessionMetadata session : backend.listSessions()) {
        List<Trace> traces = new ArrayList<>(backend.listTracesBySession(session.sessionId()));
        traces.removeIf(trace -> trace.startTime().isBefore(ForgettingTests.daysAgo(5)));
        backend.deleteSession(session.sessionId());
        backend.saveTraces(traces);
      }
      return result;
    };
  }

  private static Retention touchingOthers(StorageBackend backend, Retention right) {
    return policy -> {
      PruneResult result = right.prune(policy);
      for (SessionMetadata session : backend.listSessions()) {
        backend.updateSession(SessionUpdate.lost(session.sessionId(), ForgettingTests.NOW, 1));
      }
      return result;
    };
  }

  private static Retention tellingAgain(StorageBackend backend, Retention right) {
    AtomicReference<PruneResult> told = new AtomicReference<>(PruneResult.of(0, 0));
    return policy -> told.updateAndGet(before -> before.plus(right.prune(policy)));
  }

  private static Retention losingWhatIsNew(StorageBackend backend, Retention right) {
    return policy -> {
      Set<String> before = sessionIds(backend);
      PruneResult result = right.prune(policy);
      Races.giveTimeUntil(() -> !before.containsAll(sessionIds(backend)), Duration.ofMillis(500));
      sessionIds(backend).stream()
          .filter(id -> !before.contains(id))
          .forEach(backend::deleteSession);
      return result;
    };
  }

  private static Set<String> sessionIds(StorageBackend backend) {
    return ForwardingBackend.all(backend).stream()
        .map(Trace::sessionId)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
