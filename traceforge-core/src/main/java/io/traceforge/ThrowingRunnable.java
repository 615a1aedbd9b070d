package io.traceforge;

/** Does something, or throws. */
@FunctionalInterface
public interface ThrowingRunnable<X extends Exception> {

  /** Does it. */
  void run() throws X;
}
