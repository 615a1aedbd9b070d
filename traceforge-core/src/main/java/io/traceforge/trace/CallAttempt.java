package io.traceforge.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to tell whether two traces of a step are attempts of one call. A backend that keeps
 * these few values beside its traces can compute {@link StepSummary} without reading bodies.
 *
 * @param traceId the trace
 * @param startTime when the attempt began
 * @param endTime when it ended, or {@code null} if it has not
 * @param status how it ended
 * @param retryCount the attempt that the client said this is, or {@code null} if it does not tell
 * @param fingerprint {@link #fingerprint(TraceRequest)} of its request
 * @param error the error's text, or {@code null} if there was none
 */
public record CallAttempt(
    String traceId,
    Instant startTime,
    @Nullable Instant endTime,
    TraceStatus status,
    @Nullable Integer retryCount,
    String fingerprint,
    @Nullable String error) {

  /** Returns the attempt that a trace is. */
  public static CallAttempt of(Trace trace) {
    TraceError error = trace.error();
    return new CallAttempt(
        trace.id(),
        trace.startTime(),
        trace.endTime(),
        trace.status(),
        trace.metadata().retryCount(),
        fingerprint(trace.request()),
        error == null ? null : error.toString());
  }

  /**
   * Groups attempts of one step, given in any order, by call: calls in order of their first
   * attempt, attempts in order of start. Only attempts with equal fingerprints ever meet in one
   * call, so a backend may group each fingerprint's attempts on their own.
   */
  public static List<List<CallAttempt>> groupByCall(Collection<CallAttempt> attempts) {
    return CallGrouping.group(attempts, Function.identity());
  }

  /** Returns a digest of method, URL and body: equal for equal requests, 32 hexadecimal digits. */
  public static String fingerprint(TraceRequest request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((request.method() + '\n' + request.url()).getBytes(StandardCharsets.UTF_8));
      TraceBody body = request.body();
      if (body != null) {
        digest.update(ByteBuffer.allocate(Long.BYTES + 1).putLong(body.size()).array());
        body.digest(digest);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
