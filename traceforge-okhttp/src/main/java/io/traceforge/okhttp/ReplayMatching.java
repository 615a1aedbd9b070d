package io.traceforge.okhttp;

/** How a {@link ReplayInterceptor} finds the recording that answers a call. */
public enum ReplayMatching {
  /**
   * By method, path, query and body. The host does not matter, nor does the order of the query's
   * parameters. Of a JSON body neither the order of members nor white space matters, and numbers
   * are compared by value. Headers are not compared.
   */
  BY_CONTENT,

  /**
   * By what the model is asked alone: of a JSON body the members {@code model} and {@code
   * messages}, {@code input}, {@code contents} or {@code prompt}. Where the body names no model, as
   * Gemini's do not, the path does. A call without any of these is found by its content.
   */
  BY_MODEL_AND_MESSAGES,

  /**
   * By order alone: the first call gets the first recording, by step and by call within it,
   * whatever it says.
   */
  BY_STEP
}
