package io.traceforge.trace;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Objects;

/**
 * Where a session stood when it ended: what was set after its last call is in no trace.
 *
 * @param stepIndex the step, from 0
 * @param stateJson the session's state, as the text of one JSON object
 */
public record FinalState(int stepIndex, String stateJson) {

  /**
   * Checks the step.
   *
   * @throws IllegalArgumentException if the step is negative
   */
  public FinalState {
    if (stepIndex < 0) {
      throw new IllegalArgumentException("stepIndex: expected 0 or more, got " + stepIndex);
    }
    Objects.requireNonNull(stateJson, "stateJson");
  }

  /** Returns the session's state: a fresh copy at each call. */
  public JsonObject state() {
    return JsonParser.parseString(stateJson).getAsJsonObject();
  }

  /** The state is left out: it may be confidential, and this text may be logged. */
  @Override
  public String toString() {
    return "FinalState{step " + stepIndex + "}";
  }
}
