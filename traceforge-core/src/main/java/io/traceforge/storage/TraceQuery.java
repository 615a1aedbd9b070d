package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which traces to list, in which order, how many at a time.
 *
 * <p>The traces of one session come by step, start and id; those of several by start and id.
 */
@AutoValue
public abstract class TraceQuery {
  static final int MAX_LIMIT = 10_000;

  TraceQuery() {}

  /** Returns a query for all traces, oldest first, 100 a page. */
  public static TraceQuery all() {
    return new AutoValue_TraceQuery.Builder()
        .limit(100)
        .noSession(false)
        .newestFirst(false)
        .build();
  }

  /** Returns a query for the traces of one session, in order, 100 a page. */
  public static TraceQuery ofSession(String sessionId) {
    return all().toBuilder().sessionId(sessionId).build();
  }

  /** Returns a query for the traces that belong to no session, oldest first, 100 a page. */
  public static TraceQuery ofNoSession() {
    return all().toBuilder().noSession(true).build();
  }

  /**
   * Returns a query for the traces that were made for one of the given traces: that have its id as
   * {@link Trace#parentTraceId()}. Oldest first, 100 a page.
   */
  public static TraceQuery childrenOf(Collection<String> parentTraceIds) {
    return all().toBuilder().parentTraceIds(Set.copyOf(parentTraceIds)).build();
  }

  /** Returns the session asked for, or {@code null} for all. */
  public abstract @Nullable String sessionId();

  /** Returns whether only traces that belong to no session are asked for. */
  public abstract boolean noSession();

  /** Returns the parents asked for, of which a trace has one, or {@code null} for all. */
  public abstract @Nullable Set<String> parentTraceIds();

  /** Returns the session that is left out, with what belongs to none, or {@code null}. */
  public abstract @Nullable String exceptSession();

  /** Returns the status asked for, or {@code null} for all. */
  public abstract @Nullable TraceStatus status();

  /** Returns the model asked for (see {@code TraceMetadata.model()}), or {@code null} for all. */
  public abstract @Nullable String model();

  /** Returns the earliest start asked for, inclusive, or {@code null} for no bound. */
  public abstract @Nullable Instant from();

  /** Returns the latest start asked for, exclusive, or {@code null} for no bound. */
  public abstract @Nullable Instant before();

  /** Returns whether the order is reversed. */
  public abstract boolean newestFirst();

  /** Returns how many traces a page has at most. */
  public abstract int limit();

  /** Returns where the page before ended, or {@code null} for the first page. */
  public abstract @Nullable String cursor();

  /** Returns this query, restricted to a status. */
  public final TraceQuery withStatus(TraceStatus status) {
    return toBuilder().status(status).build();
  }

  /** Returns this query, restricted to a model. */
  public final TraceQuery withModel(String model) {
    return toBuilder().model(model).build();
  }

  /** Returns this query, restricted to calls that began at {@code from} or later. */
  public final TraceQuery startedFrom(Instant from) {
    return toBuilder().from(from).build();
  }

  /** Returns this query, restricted to calls that began before {@code before}. */
  public final TraceQuery startedBefore(Instant before) {
    return toBuilder().before(before).build();
  }

  /** Returns this query, restricted to traces of sessions other than the given one. */
  public final TraceQuery exceptSession(String sessionId) {
    return toBuilder().exceptSession(sessionId).build();
  }

  /** Returns this query in reverse order. */
  public final TraceQuery reversed() {
    return toBuilder().newestFirst(!newestFirst()).build();
  }

  /**
   * Returns this query with another page size.
   *
   * @throws IllegalArgumentException if the limit is not between 1 and 10,000
   */
  public final TraceQuery withLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit: expected 1 to " + MAX_LIMIT + ", got " + limit);
    }
    return toBuilder().limit(limit).build();
  }

  /** Returns this query, going on where a page ended. */
  public final TraceQuery after(@Nullable String cursor) {
    return toBuilder().cursor(cursor).build();
  }

  /** Returns where the page before ended, or {@code null} for the first page. */
  public final @Nullable TraceKey afterKey() {
    return cursor() == null ? null : TraceKey.fromCursor(cursor());
  }

  /** Returns the order of this query. */
  public final Comparator<TraceKey> order() {
    Comparator<TraceKey> order = sessionId() == null ? TraceKey.BY_START : TraceKey.BY_STEP;
    return newestFirst() ? order.reversed() : order;
  }

  /** Returns whether a trace is asked for, its place in the order aside. */
  public final boolean matches(Trace trace) {
    return (sessionId() == null || sessionId().equals(trace.sessionId()))
        && (!noSession() || trace.sessionId() == null)
        && hasParent(trace)
        && (exceptSession() == null || isOfOtherSession(trace, exceptSession()))
        && (status() == null || status() == trace.status())
        && (model() == null || model().equals(trace.metadata().model()))
        && (from() == null || !trace.startTime().isBefore(from()))
        && (before() == null || trace.startTime().isBefore(before()));
  }

  private boolean hasParent(Trace trace) {
    Set<String> parents = parentTraceIds();
    String parent = trace.parentTraceId();
    return parents == null || (parent != null && parents.contains(parent));
  }

  private static boolean isOfOtherSession(Trace trace, String sessionId) {
    return trace.sessionId() != null && !trace.sessionId().equals(sessionId);
  }

  /** Answers this query from traces in memory: for backends that have no engine to ask. */
  public final Page<Trace> select(Collection<Trace> traces) {
    TraceKey after = afterKey();
    var found =
        traces.stream()
            .filter(this::matches)
            .filter(t -> after == null || order().compare(TraceKey.of(t), after) > 0)
            .sorted(Comparator.comparing(TraceKey::of, order()))
            .limit(limit() + 1L)
            .toList();
    return Page.of(found, limit(), trace -> TraceKey.of(trace).toCursor());
  }

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder sessionId(@Nullable String sessionId);

    abstract Builder noSession(boolean only);

    abstract Builder parentTraceIds(@Nullable Set<String> traceIds);

    abstract Builder exceptSession(@Nullable String sessionId);

    abstract Builder status(@Nullable TraceStatus status);

    abstract Builder model(@Nullable String model);

    abstract Builder from(@Nullable Instant from);

    abstract Builder before(@Nullable Instant before);

    abstract Builder newestFirst(boolean newestFirst);

    abstract Builder limit(int limit);

    abstract Builder cursor(@Nullable String cursor);

    abstract TraceQuery build();
  }
}
