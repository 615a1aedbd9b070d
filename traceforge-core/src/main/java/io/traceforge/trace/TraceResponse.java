package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** The response of a recorded call, as the server sent it. */
@AutoValue
public abstract class TraceResponse {
  TraceResponse() {}

  /** Returns a response. */
  public static TraceResponse of(
      int statusCode,
      HttpHeaders headers,
      @Nullable TraceBody body,
      @Nullable TraceBody assembledBody) {
    return new AutoValue_TraceResponse(statusCode, headers, body, assembledBody);
  }

  /** Returns the HTTP status code. */
  public abstract int statusCode();

  /** Returns the header fields, secrets taken out. */
  public abstract HttpHeaders headers();

  /** Returns the body as received (for a stream, the raw events), or {@code null} if none. */
  public abstract @Nullable TraceBody body();

  /**
   * Returns what a stream amounts to: one JSON document in the shape that the provider would have
   * sent without streaming; {@code null} if the body was no stream that TraceForge understands.
   */
  public abstract @Nullable TraceBody assembledBody();

  /** Returns the answer, streamed or not: the assembled body if there is one, else the body. */
  public final @Nullable TraceBody answerBody() {
    return assembledBody() != null ? assembledBody() : body();
  }
}
