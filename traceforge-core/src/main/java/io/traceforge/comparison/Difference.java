package io.traceforge.comparison;

import com.google.auto.value.AutoValue;

/** Something in which two calls differ. Immutable. */
@AutoValue
public abstract class Difference {
  static final String TIME = "time";

  Difference() {}

  static Difference of(String what, String before, String after) {
    return new AutoValue_Difference(what, before, after);
  }

  /**
   * Returns what differs: {@code prompt} (the messages that are new at this call), {@code model},
   * {@code status}, {@code answer}, {@code tool calls}, {@code state} with a JSON pointer, {@code
   * tokens}, {@code cost} or {@code time}. Later versions may compare more.
   */
  public abstract String what();

  /** Returns what the first session has, empty if nothing. */
  public abstract String before();

  /** Returns what the second session has, empty if nothing. */
  public abstract String after();

  /** No two runs take the same time, so that alone tells nothing. */
  final boolean matters() {
    return !what().equals(TIME);
  }

  /** Only what differs: prompts and answers may be confidential, and this text may be logged. */
  @Override
  public final String toString() {
    return "Difference{" + what() + "}";
  }
}
