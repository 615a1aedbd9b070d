package io.traceforge.trace;

import org.jspecify.annotations.Nullable;

/**
 * How a timeline is drawn.
 *
 * @param width how many cells a line has at most
 * @param colors whether there are escape sequences for colours
 * @param costs what tells costs, or {@code null} to show none
 */
public record TextOptions(int width, boolean colors, @Nullable TraceCosts costs) {
  private static final int NARROWEST = 40;

  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if the width is less than 40
   */
  public TextOptions {
    if (width < NARROWEST) {
      throw new IllegalArgumentException("width: expected at least 40, got " + width);
    }
  }

  /** Returns options for a width in cells, without colours and costs. */
  public static TextOptions ofWidth(int width) {
    return new TextOptions(width, false, null);
  }

  /** Returns these options with colours, for terminals that know ANSI escape sequences. */
  public TextOptions withColors() {
    return new TextOptions(width, true, costs);
  }

  /** Returns these options with costs, as a price book tells them. */
  public TextOptions withCosts(TraceCosts costs) {
    return new TextOptions(width, colors, costs);
  }
}
