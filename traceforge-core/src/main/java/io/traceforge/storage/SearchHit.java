package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that was found, and the call that brought it. Immutable. */
@AutoValue
public abstract class SearchHit {
  SearchHit() {}

  /** Returns a builder for a hit at step 0 of no session, with an empty snippet without marks. */
  public static Builder builder() {
    return new AutoValue_SearchHit.Builder().stepIndex(0).snippet("").marks(List.of());
  }

  /** Returns a builder with this hit's values. */
  public abstract Builder toBuilder();

  /** Returns the id of the call's trace. */
  public abstract String traceId();

  /** Returns the call's session, or {@code null} if it belongs to none. */
  public abstract @Nullable String sessionId();

  /** Returns the call's step in its session, from 0. */
  public abstract int stepIndex();

  /** Returns when the call began. */
  public abstract Instant startTime();

  /** Returns the part of the text around what was found; {@code …} stands for what is left out. */
  public abstract String snippet();

  /** Returns where in the snippet the words stand that were looked for, in order. */
  public abstract List<Mark> marks();

  /**
   * A range of the snippet.
   *
   * @param start the index of its first character
   * @param end the index after its last one
   */
  public record Mark(int start, int end) {}

  /** Returns the snippet with a text before and after each mark, such as {@code "["}. */
  public final String marked(String before, String after) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (Mark mark : marks()) {
      text.append(snippet(), done, mark.start()).append(before);
      text.append(snippet(), mark.start(), mark.end()).append(after);
      done = mark.end();
    }
    return text.append(snippet(), done, snippet().length()).toString();
  }

  /** Without the snippet: it may be confidential, and this text may be logged. */
  @Override
  public final String toString() {
    return "SearchHit{"
        + traceId()
        + ", session "
        + sessionId()
        + ", step "
        + stepIndex()
        + ", "
        + startTime()
        + ", "
        + snippet().length()
        + " characters, marks "
        + marks()
        + "}";
  }

  /** Builds a {@link SearchHit}: for backends that search. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the id of the call's trace. */
    public abstract Builder traceId(String traceId);

    /** Sets the call's session. */
    public abstract Builder sessionId(@Nullable String sessionId);

    /** Sets the call's step in its session, from 0. */
    public abstract Builder stepIndex(int stepIndex);

    /** Sets when the call began. */
    public abstract Builder startTime(Instant time);

    /** Sets the part of the text around what was found. */
    public abstract Builder snippet(String snippet);

    /** Sets where in the snippet the words stand that were looked for, in order. */
    public abstract Builder marks(List<Mark> marks);

    abstract List<Mark> marks();

    abstract SearchHit autoBuild();

    /**
     * Returns the hit, with a copy of the list.
     *
     * @throws IllegalStateException if trace id or start time is missing
     */
    public final SearchHit build() {
      marks(List.copyOf(marks()));
      return autoBuild();
    }
  }
}
