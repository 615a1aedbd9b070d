package io.traceforge.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way to a body's bytes without a copy of them, which the body's class opens here to packages
 * of ours. This package knows nothing of that class, as it would know this one too.
 *
 * @param <B> the body's class
 */
public abstract class BodyAccess<B> {
  private static volatile @Nullable BodyAccess<?> access;

  /** For the body's class alone. */
  protected BodyAccess() {}

  /** Takes note of how to get at the bytes; for the body's class alone. */
  public static void set(BodyAccess<?> access) {
    BodyAccess.access = access;
  }

  /** Returns how to get at the bytes. */
  public static BodyAccess<?> get(Runnable classLoading) {
    BodyAccess<?> known = access;
    if (known == null) {
      classLoading.run();
      known = access;
    }
    return Objects.requireNonNull(known);
  }

  /** Returns the bytes that a body keeps, which must not be changed. */
  public abstract byte[] keptBy(B body);

  /** Returns a body that was captured whole and keeps an array that nobody else will change. */
  public abstract B keeping(byte[] bytes, @Nullable String mediaType);
}
