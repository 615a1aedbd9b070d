package io.traceforge;

import org.jspecify.annotations.Nullable;

/** Computes a value, or throws. */
@FunctionalInterface
public interface ThrowingSupplier<T extends @Nullable Object, X extends Exception> {

  /** Returns the value. */
  T get() throws X;
}
