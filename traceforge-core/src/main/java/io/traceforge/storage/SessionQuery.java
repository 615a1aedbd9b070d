package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which sessions to list and how many at a time: newest first unless reversed. */
@AutoValue
public abstract class SessionQuery {
  SessionQuery() {}

  /** Returns a query for all sessions, newest first, 100 a page. */
  public static SessionQuery all() {
    return new AutoValue_SessionQuery.Builder().limit(100).newestFirst(true).build();
  }

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

  /** Returns this query, restricted to sessions first seen at {@code from} or later. */
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
    return cursor() == null ? null : SessionKey.parse(cursor());
  }

  /** Returns the order of this query. */
  public final Comparator<SessionKey> order() {
    return newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder();
  }

  /** Returns whether a session is asked for on this page or a later one. */
  public final boolean matches(SessionKey key) {
    SessionKey after = afterKey();
    return (from() == null || !key.firstSeen().isBefore(from()))
        && (before() == null || key.firstSeen().isBefore(before()))
        && (after == null || order().compare(key, after) > 0);
  }

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder from(@Nullable Instant from);

    abstract Builder before(@Nullable Instant before);

    abstract Builder newestFirst(boolean newestFirst);

    abstract Builder limit(int limit);

    abstract Builder cursor(@Nullable String cursor);

    abstract SessionQuery build();
  }
}
