package io.traceforge;

import org.jspecify.annotations.Nullable;

/** Works in a session and returns what it came to, or throws. */
@FunctionalInterface
public interface SessionFunction<T extends @Nullable Object, X extends Exception> {

  /** Works in the session. */
  T apply(SessionTracker session) throws X;
}
