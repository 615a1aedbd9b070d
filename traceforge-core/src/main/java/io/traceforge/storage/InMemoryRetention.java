package io.traceforge.storage;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.trace.FinalState;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Forgets what is oldest in memory, one session at a time: others come in between. */
final class InMemoryRetention implements Retention {
  private static final PruneResult NOTHING = PruneResult.of(0, 0);

  private final InMemoryStorageBackend backend;
  private final Clock clock;

  InMemoryRetention(InMemoryStorageBackend backend, Clock clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /** A session, or a trace of none. */
  private record Entry(SessionKey key, @Nullable Trace trace) {}

  @Override
  public PruneResult prune(RetentionPolicy policy) {
    Instant now = clock.instant();
    PruneResult deleted = NOTHING;
    for (Entry entry : oldestFirst()) {
      synchronized (backend) {
        Trace trace = entry.trace();
        deleted =
            deleted.plus(
                trace == null
                    ? pruneSession(entry.key(), policy, now)
                    : pruneTrace(trace, policy, now));
      }
    }
    return deleted;
  }

  @Override
  public OptionalLong usedBytes() {
    return OptionalLong.of(backend.bytes());
  }

  private List<Entry> oldestFirst() {
    synchronized (backend) {
      return Stream.concat(
              backend.sessionKeys().stream().map(key -> new Entry(key, null)),
              backend.tracesOfNoSession().stream()
                  .map(trace -> new Entry(new SessionKey(trace.startTime(), trace.id()), trace)))
          .sorted(Comparator.comparing(Entry::key))
          .toList();
    }
  }

  private PruneResult pruneSession(SessionKey key, RetentionPolicy policy, Instant now) {
    boolean tooMuch = isTooMany(policy) || isTooLarge(policy);
    if (!tooMuch && !isOld(key.firstSeen(), policy, now)) {
      return NOTHING;
    }
    SessionFigures figures = backend.figures(key);
    if (figures == null || figures.toMetadata(now).status() == SessionStatus.IN_PROGRESS) {
      return NOTHING;
    }
    if (!tooMuch && !isOld(lastHeardOf(key, figures), policy, now)) {
      return NOTHING;
    }
    backend.deleteSession(key.sessionId());
    return PruneResult.of(1, figures.traces());
  }

  private PruneResult pruneTrace(Trace trace, RetentionPolicy policy, Instant now) {
    if (!isTooLarge(policy) && !isOld(trace.startTime(), policy, now)) {
      return NOTHING;
    }
    return backend.deleteTraceOfNoSession(trace.id()) ? PruneResult.of(0, 1) : NOTHING;
  }

  private boolean isTooMany(RetentionPolicy policy) {
    Long most = policy.maxSessions();
    return most != null && backend.sessionKeys().size() > most;
  }

  private boolean isTooLarge(RetentionPolicy policy) {
    Long most = policy.maxBytes();
    return most != null && backend.bytes() > most;
  }

  private static boolean isOld(Instant time, RetentionPolicy policy, Instant now) {
    return policy.maxAge() != null && Duration.between(time, now).compareTo(policy.maxAge()) > 0;
  }

  private static Instant lastHeardOf(SessionKey key, SessionFigures figures) {
    return Stream.of(figures.lastStart(), figures.lastEnd(), figures.standing().lastUpdate())
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .filter(key.firstSeen()::isBefore)
        .orElse(key.firstSeen());
  }

  /** Returns what a trace counts for {@link RetentionPolicy#maxBytes()}. */
  static long sizeOf(Trace trace) {
    TraceResponse response = trace.response();
    String state = trace.stateJson();
    return trace.request().url().length()
        + (state == null ? 0 : state.length())
        + sizeOf(trace.request().body())
        + (response == null ? 0 : sizeOf(response.body()) + sizeOf(response.assembledBody()));
  }

  /** Returns what a session's final state counts. */
  static long sizeOf(@Nullable FinalState stood) {
    return stood == null ? 0 : stood.stateJson().length();
  }

  private static long sizeOf(@Nullable TraceBody body) {
    return body == null ? 0 : BodyBytes.of(body).length;
  }
}
