package io.traceforge.internal.body;

import io.traceforge.internal.BodyAccess;
import io.traceforge.trace.TraceBody;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body without a copy of them. An agent's request is large, and looked at often on
 * its way to the storage.
 */
public final class BodyBytes {
  private static final BodyAccess<TraceBody> ACCESS = access();

  private BodyBytes() {}

  /** Returns the bytes that a body keeps, which must not be changed. */
  public static byte[] of(TraceBody body) {
    return ACCESS.keptBy(body);
  }

  /** Returns a body that was captured whole and keeps an array that nobody else will change. */
  public static TraceBody own(byte[] bytes, @Nullable String mediaType) {
    return ACCESS.keeping(bytes, mediaType);
  }

  @SuppressWarnings("unchecked") // only TraceBody sets it
  private static BodyAccess<TraceBody> access() {
    return (BodyAccess<TraceBody>) BodyAccess.get(() -> TraceBody.ofText("", null));
  }
}
