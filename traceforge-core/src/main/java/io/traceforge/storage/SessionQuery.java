package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions to list and how many at a time: newest first unless reversed. A page is full as
 * long as there are sessions that are asked for. What was said in sessions is asked of {@link
 * TraceSearch}.
 */
@AutoValue
public abstract class SessionQuery {
  SessionQuery() {}

  /** Returns a query for all sessions, newest first, 100 a page. */
  public static SessionQuery all() {
    return new AutoValue_SessionQuery.Builder()
        .statuses(Set.of())
        .errorsOnly(false)
        .limit(100)
        .newestFirst(true)
        .build();
  }

  /** Returns the statuses asked for, any of which will do; empty for all. */
  public abstract Set<SessionStatus> statuses();

  /** Returns the model that sessions must have called, or {@code null} for any or none. */
  public abstract @Nullable String model();

  /** Returns the provider that sessions must have called, or {@code null} for any or none. */
  public abstract @Nullable String provider();

  /** Returns whether only sessions with a trace that ended in an error are asked for. */
  public abstract boolean errorsOnly();

  /** Returns the earliest {@link SessionKey#firstSeen} asked for, inclusive, or {@code null}. */
  public abstract @Nullable Instant from();

  /** Returns the latest {@link SessionKey#firstSeen} asked for, exclusive, or {@code null}. */
  public abstract @Nullable Instant before();

  /** Returns whether the newest session comes first. */
  public abstract boolean newestFirst();

  /** Returns how many sessions a page has at most. */
  public abstract int limit();

  /** Returns where the page before ended, or {@code null} for the first page. */
  public abstract @Nullable String cursor();

  /**
   * Returns this query, restricted to sessions that have one of some statuses. A status is that of
   * the time of reading: a session that falls silent or ends while pages are read may be on none of
   * them, or on one.
   */
  public final SessionQuery withStatus(SessionStatus status, SessionStatus... more) {
    return toBuilder().statuses(Set.copyOf(EnumSet.of(status, more))).build();
  }

  /** Returns this query, restricted to sessions that called a model, among others or alone. */
  public final SessionQuery withModel(String model) {
    return toBuilder().model(model).build();
  }

  /** Returns this query, restricted to sessions that called a provider, among others or alone. */
  public final SessionQuery withProvider(String provider) {
    return toBuilder().provider(provider).build();
  }

  /**
   * Returns this query, restricted to sessions with a trace that ended in an error, recovered or
   * not.
   */
  public final SessionQuery withErrors() {
    return toBuilder().errorsOnly(true).build();
  }

  /**
   * Returns this query, restricted to sessions first seen at {@code from} or later: see {@link
   * SessionKey#firstSeen}, which is mostly the start of the first call.
   */
  public final SessionQuery startedFrom(Instant from) {
    return toBuilder().from(from).build();
  }

  /** Returns this query, restricted to sessions first seen before {@code before}. */
  public final SessionQuery startedBefore(Instant before) {
    return toBuilder().before(before).build();
  }

  /** Returns this query in reverse order. */
  public final SessionQuery reversed() {
    return toBuilder().newestFirst(!newestFirst()).build();
  }

  /**
   * Returns this query with another page size.
   *
   * @throws IllegalArgumentException if the limit is not between 1 and 10,000
   */
  public final SessionQuery withLimit(int limit) {
    if (limit < 1 || limit > TraceQuery.MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit: expected 1 to " + TraceQuery.MAX_LIMIT + ", got " + limit);
    }
    return toBuilder().limit(limit).build();
  }

  /** Returns this query, going on where a page ended. */
  public final SessionQuery after(@Nullable String cursor) {
    return toBuilder().cursor(cursor).build();
  }

  /** Returns where the page before ended, or {@code null} for the first page. */
  public final @Nullable SessionKey afterKey() {
    return cursor() == null ? null : SessionKey.fromCursor(cursor());
  }

  /** Returns the order of this query. */
  public final Comparator<SessionKey> order() {
    return newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder();
  }

  /**
   * Returns whether a session's place is asked for on this page or a later one; its figures are
   * another matter (see {@link #matches(SessionMetadata)}).
   */
  public final boolean matches(SessionKey key) {
    SessionKey after = afterKey();
    return (from() == null || !key.firstSeen().isBefore(from()))
        && (before() == null || key.firstSeen().isBefore(before()))
        && (after == null || order().compare(key, after) > 0);
  }

  /** Returns whether a session is asked for by its figures, its place in the listing aside. */
  public final boolean matches(SessionMetadata session) {
    return (statuses().isEmpty() || statuses().contains(session.status()))
        && (model() == null || session.modelsUsed().contains(model()))
        && (provider() == null || session.providers().contains(provider()))
        && (!errorsOnly() || session.errorCount() > 0);
  }

  private record Found(SessionKey key, SessionMetadata metadata) {
    SessionMetadata listed() {
      return metadata.toBuilder().finalState(null).build();
    }
  }

  /**
   * Answers this query from sessions in memory: for backends that have no engine to ask.
   *
   * @param sessions the places of all sessions, in any order
   * @param metadata tells a session's metadata; asked no more often than needed
   */
  public final Page<SessionMetadata> select(
      Collection<SessionKey> sessions, Function<SessionKey, SessionMetadata> metadata) {
    List<Found> found =
        sessions.stream()
            .filter(this::matches)
            .sorted(order())
            .map(key -> new Found(key, metadata.apply(key)))
            .filter(session -> matches(session.metadata()))
            .limit(limit() + 1L)
            .toList();
    Page<Found> page = Page.of(found, limit(), session -> session.key().toCursor());
    return new Page<>(page.items().stream().map(Found::listed).toList(), page.nextCursor());
  }

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder statuses(Set<SessionStatus> statuses);

    abstract Builder model(@Nullable String model);

    abstract Builder provider(@Nullable String provider);

    abstract Builder errorsOnly(boolean only);

    abstract Builder from(@Nullable Instant from);

    abstract Builder before(@Nullable Instant before);

    abstract Builder newestFirst(boolean newestFirst);

    abstract Builder limit(int limit);

    abstract Builder cursor(@Nullable String cursor);

    abstract SessionQuery build();
  }
}
