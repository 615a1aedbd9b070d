package io.traceforge.comparison;

/**
 * Something in which two calls differ.
 *
 * @param what what differs: {@code prompt} (the messages that are new at this call), {@code model},
 *     {@code status}, {@code answer}, {@code tool calls}, {@code state} with a JSON pointer, {@code
 *     tokens}, {@code cost} or {@code time}
 * @param before what the first session has, empty if nothing
 * @param after what the second session has, empty if nothing
 */
public record Difference(String what, String before, String after) {
  static final String TIME = "time";

  /** No two runs take the same time, so that alone tells nothing. */
  boolean matters() {
    return !what.equals(TIME);
  }
}
