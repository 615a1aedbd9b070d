package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** How a timeline is drawn. Immutable, and safe for use by many threads. */
@AutoValue
public abstract class TextOptions {
  private static final int NARROWEST = 40;

  TextOptions() {}

  /**
   * Returns options for a width, without colours and costs.
   *
   * @param width how many cells of a terminal a line has at most, 40 or more
   * @throws IllegalArgumentException if the width is less than 40
   */
  public static TextOptions ofWidth(int width) {
    if (width < NARROWEST) {
      throw new IllegalArgumentException("width: expected at least 40, got " + width);
    }
    return new AutoValue_TextOptions(width, false, null);
  }

  /** Returns how many cells a line has at most. */
  abstract int width();

  /** Returns whether there are escape sequences for colours. */
  abstract boolean colors();

  /** Returns what tells costs, or {@code null} to show none. */
  abstract @Nullable TraceCosts costs();

  /** Returns these options with colours, for terminals that know ANSI escape sequences. */
  public final TextOptions withColors() {
    return new AutoValue_TextOptions(width(), true, costs());
  }

  /** Returns these options with costs, as a price book tells them. */
  public final TextOptions withCosts(TraceCosts costs) {
    return new AutoValue_TextOptions(width(), colors(), costs);
  }
}
