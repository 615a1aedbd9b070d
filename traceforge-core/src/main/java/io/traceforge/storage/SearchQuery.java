package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.TraceStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, in which calls, how many hits at a time.
 *
 * <p>The text is words, all of which must stand in one message or answer; case and accents do not
 * matter. {@code "two words"} in quotes must follow each other, {@code book*} finds what begins so,
 * {@code OR} and {@code NOT} in capitals stand between words ({@code AND} is understood too), and
 * round brackets group: {@code refund (paris OR "new york") NOT cancel*}. Any text is a query: what
 * makes no sense there counts as words, and a text without any word finds nothing.
 *
 * <p>The filters apply to the call that brought a text.
 */
@AutoValue
public abstract class SearchQuery {
  private static final int MAX_LIMIT = 1_000;

  SearchQuery() {}

  /** Returns a query for a text in all calls, newest first, 50 hits a page. */
  public static SearchQuery of(String text) {
    return new AutoValue_SearchQuery.Builder().text(text).limit(50).ranked(false).build();
  }

  /** Returns what to look for. */
  public abstract String text();

  /** Returns the session asked for, or {@code null} for all. */
  public abstract @Nullable String sessionId();

  /** Returns the model asked for (see {@code TraceMetadata.model()}), or {@code null} for all. */
  public abstract @Nullable String model();

  /** Returns the provider asked for, or {@code null} for all. */
  public abstract @Nullable String provider();

  /** Returns the status asked for, or {@code null} for all. */
  public abstract @Nullable TraceStatus status();

  /** Returns the earliest start asked for, inclusive, or {@code null} for no bound. */
  public abstract @Nullable Instant from();

  /** Returns the latest start asked for, exclusive, or {@code null} for no bound. */
  public abstract @Nullable Instant before();

  /** Returns whether the best match comes first. */
  public abstract boolean ranked();

  /** Returns how many hits a page has at most. */
  public abstract int limit();

  /** Returns where the page before ended, or {@code null} for the first page. */
  public abstract @Nullable String cursor();

  /** Returns this query, restricted to a session. */
  public final SearchQuery inSession(String sessionId) {
    return toBuilder().sessionId(sessionId).build();
  }

  /** Returns this query, restricted to a model. */
  public final SearchQuery withModel(String model) {
    return toBuilder().model(model).build();
  }

  /** Returns this query, restricted to a provider. */
  public final SearchQuery withProvider(String provider) {
    return toBuilder().provider(provider).build();
  }

  /** Returns this query, restricted to a status. */
  public final SearchQuery withStatus(TraceStatus status) {
    return toBuilder().status(status).build();
  }

  /** Returns this query, restricted to calls that began at {@code from} or later. */
  public final SearchQuery startedFrom(Instant from) {
    return toBuilder().from(from).build();
  }

  /** Returns this query, restricted to calls that began before {@code before}. */
  public final SearchQuery startedBefore(Instant before) {
    return toBuilder().before(before).build();
  }

  /**
   * Returns this query with the best match first. Only the newest 10,000 texts that match are
   * ranked, so that a common word does not take forever; there is one page.
   */
  public final SearchQuery bestFirst() {
    return toBuilder().ranked(true).build();
  }

  /**
   * Returns this query with another page size.
   *
   * @throws IllegalArgumentException if the limit is not between 1 and 1,000
   */
  public final SearchQuery withLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit: expected 1 to " + MAX_LIMIT + ", got " + limit);
    }
    return toBuilder().limit(limit).build();
  }

  /** Returns this query, going on where a page ended. */
  public final SearchQuery after(@Nullable String cursor) {
    return toBuilder().cursor(cursor).build();
  }

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder text(String text);

    abstract Builder sessionId(@Nullable String sessionId);

    abstract Builder model(@Nullable String model);

    abstract Builder provider(@Nullable String provider);

    abstract Builder status(@Nullable TraceStatus status);

    abstract Builder from(@Nullable Instant from);

    abstract Builder before(@Nullable Instant before);

    abstract Builder ranked(boolean ranked);

    abstract Builder limit(int limit);

    abstract Builder cursor(@Nullable String cursor);

    abstract SearchQuery build();
  }
}
