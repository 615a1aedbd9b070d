package io.traceforge.okhttp;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where no recording answers a call. The message names the nearest one and the first
 * difference, secrets taken out and long values shortened.
 */
public final class ReplayMissException extends IOException {
  private static final long serialVersionUID = 1;

  private final @Nullable String nearestTraceId;

  ReplayMissException(String message, @Nullable String nearestTraceId) {
    super(message);
    this.nearestTraceId = nearestTraceId;
  }

  /** Returns the id of the recording nearest to the call, or empty if there are no recordings. */
  public Optional<String> nearestTraceId() {
    return Optional.ofNullable(nearestTraceId);
  }
}
