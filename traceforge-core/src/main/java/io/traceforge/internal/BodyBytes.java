package io.traceforge.internal;

import io.traceforge.trace.TraceBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body without a copy of them. An agent's request is large, and looked at often on
 * its way to the storage.
 */
public abstract class BodyBytes {
  private static volatile @Nullable BodyBytes access;

  /** For {@link TraceBody} alone. */
  protected BodyBytes() {}

  /** Takes note of how to get at the bytes; for {@link TraceBody} alone. */
  public static void set(BodyBytes access) {
    BodyBytes.access = access;
  }

  /** Returns the bytes that a body keeps, which must not be changed. */
  public static byte[] of(TraceBody body) {
    return access().keptBy(body);
  }

  /** Returns a body that was captured whole and keeps an array that nobody else will change. */
  public static TraceBody own(byte[] bytes, @Nullable String mediaType) {
    return access().keeping(bytes, mediaType);
  }

  /** Not in a static block, where two threads would wait for one another's class. */
  private static BodyBytes access() {
    BodyBytes known = access;
    if (known == null) {
      TraceBody.ofText("", null); // its class tells
      known = access;
    }
    return Objects.requireNonNull(known);
  }

  protected abstract byte[] keptBy(TraceBody body);

  protected abstract TraceBody keeping(byte[] bytes, @Nullable String mediaType);
}
