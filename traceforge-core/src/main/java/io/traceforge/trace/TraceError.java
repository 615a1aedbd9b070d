package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** Why a call ended in an error or was cancelled. */
@AutoValue
public abstract class TraceError {
  TraceError() {}

  /** Returns an error. */
  public static TraceError of(String type, @Nullable String message, @Nullable String code) {
    return new AutoValue_TraceError(type, message, code);
  }

  /**
   * Returns the kind of error: the provider's error type ({@code rate_limit_error}), {@code
   * http_429} where the provider named none, or an exception's class name.
   */
  public abstract String type();

  /** Returns the message for people, if there was one. */
  public abstract @Nullable String message();

  /** Returns the provider's error code, if there was one. */
  public abstract @Nullable String code();

  @Override
  public final String toString() {
    return message() == null ? type() : type() + ": " + message();
  }
}
