package io.traceforge.trace;

import java.util.Optional;

/**
 * A trace as JSON: the form of export files and cassettes, which other TraceForge tools read too.
 * {@code docs/trace-format.md} describes it, and the resource {@code trace.schema.json} beside this
 * class is its JSON Schema.
 *
 * <p>Names are those of the original TraceForge: {@code session_id}, {@code step_index}, {@code
 * parent_trace_id}, {@code state_snapshot}, {@code metadata.duration_ms}, {@code
 * metadata.tokens_used}; what it has not is beside them. Members without a value are left out. What
 * is written and read again is equal, to the byte.
 *
 * <p>Safe for use by many threads.
 */
public final class TraceJson {
  private TraceJson() {}

  /**
   * Returns a trace as a JSON object without line breaks. Every character may be encoded in UTF-8.
   */
  public static String write(Trace trace) {
    return new TraceJsonWriter(trace).write();
  }

  /**
   * Returns a trace with its session's metadata in the member {@code session}: so the last trace of
   * an exported session tells how the session ended.
   */
  public static String write(Trace trace, SessionMetadata session) {
    String json = write(trace);
    return json.substring(0, json.length() - 1)
        + ",\"session\":"
        + SessionJson.write(session)
        + "}";
  }

  /**
   * Returns the session's metadata that was written with a trace, or empty if there is none.
   *
   * @param json one JSON object
   * @throws IllegalArgumentException if it is no trace; the message names the member
   */
  public static Optional<SessionMetadata> sessionOf(String json) {
    return Optional.ofNullable(TraceJsonReader.of(json).session());
  }

  /**
   * Reads a trace. Unknown members are passed over. What another tool wrote may lack the member
   * {@code http}: then the call is taken for a POST of {@code request} to {@code endpoint}.
   *
   * @param json one JSON object
   * @throws IllegalArgumentException if it is no trace; the message names the member
   */
  public static Trace read(String json) {
    return TraceJsonReader.of(json).read();
  }
}
