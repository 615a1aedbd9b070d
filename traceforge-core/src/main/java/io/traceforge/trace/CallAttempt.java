package io.traceforge.trace;

import com.google.auto.value.AutoValue;
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
 */
@AutoValue
public abstract class CallAttempt {
  CallAttempt() {}

  /** Returns the attempt that a trace is. */
  public static CallAttempt of(Trace trace) {
    return of(trace, fingerprint(trace.request()));
  }

  /**
   * Returns the attempt that a trace is, for backends with fingerprints of their own.
   *
   * @param fingerprint equal for equal requests, and for no others
   */
  public static CallAttempt of(Trace trace, String fingerprint) {
    TraceError error = trace.error();
    return builder()
        .traceId(trace.id())
        .startTime(trace.startTime())
        .endTime(trace.endTime())
        .status(trace.status())
        .retryCount(trace.metadata().retryCount())
        .fingerprint(fingerprint)
        .error(error == null ? null : error.toString())
        .build();
  }

  /** Returns a builder: for backends that read attempts from columns of their own. */
  public static Builder builder() {
    return new AutoValue_CallAttempt.Builder();
  }

  /** Returns the trace's id. */
  public abstract String traceId();

  /** Returns when the attempt began. */
  public abstract Instant startTime();

  /** Returns when the attempt ended, or {@code null} if it has not. */
  public abstract @Nullable Instant endTime();

  /** Returns how the attempt ended. */
  public abstract TraceStatus status();

  /** Returns the attempt that the client said this is, or {@code null} if it does not tell. */
  public abstract @Nullable Integer retryCount();

  /** Returns what is equal for equal requests, as {@link #fingerprint(TraceRequest)} is. */
  public abstract String fingerprint();

  /** Returns the error's text ({@link TraceError#toString}), or {@code null} if there was none. */
  public abstract @Nullable String error();

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

  /** Builds a {@link CallAttempt}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the trace's id. */
    public abstract Builder traceId(String traceId);

    /** Sets when the attempt began. */
    public abstract Builder startTime(Instant time);

    /** Sets when the attempt ended. */
    public abstract Builder endTime(@Nullable Instant time);

    /** Sets how the attempt ended. */
    public abstract Builder status(TraceStatus status);

    /** Sets the attempt that the client said this is. */
    public abstract Builder retryCount(@Nullable Integer count);

    /** Sets what is equal for equal requests. */
    public abstract Builder fingerprint(String fingerprint);

    /** Sets the error's text. */
    public abstract Builder error(@Nullable String error);

    /**
     * Returns the attempt.
     *
     * @throws IllegalStateException if trace id, start time, status or fingerprint is missing
     */
    public abstract CallAttempt build();
  }
}
