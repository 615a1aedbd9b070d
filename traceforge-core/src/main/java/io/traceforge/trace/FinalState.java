package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * Where a session stood when it ended: what was set after its last call is in no trace. Immutable.
 */
@AutoValue
public abstract class FinalState {
  FinalState() {}

  /**
   * Returns a step with a state.
   *
   * @param stepIndex the step, from 0
   * @param stateJson the session's state, as the text of one JSON object
   * @throws IllegalArgumentException if the step is negative
   */
  public static FinalState of(int stepIndex, String stateJson) {
    if (stepIndex < 0) {
      throw new IllegalArgumentException("stepIndex: expected 0 or more, got " + stepIndex);
    }
    return new AutoValue_FinalState(stepIndex, stateJson);
  }

  /** Returns the step, from 0. */
  public abstract int stepIndex();

  /** Returns the session's state, as the text of one JSON object. */
  public abstract String stateJson();

  /** Returns the session's state: a fresh copy at each call. */
  public final JsonObject state() {
    return JsonParser.parseString(stateJson()).getAsJsonObject();
  }

  /** The state is left out: it may be confidential, and this text may be logged. */
  @Override
  public final String toString() {
    return "FinalState{step " + stepIndex() + "}";
  }
}
