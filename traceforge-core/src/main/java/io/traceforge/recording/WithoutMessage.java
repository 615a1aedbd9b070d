package io.traceforge.recording;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a failure in a log: what it was and where, without its message, which may quote what
 * was recorded, before anything was taken out of it.
 */
final class WithoutMessage extends Throwable {
  private static final long serialVersionUID = 1L;

  private static final String HINT = ", its message left out";

  /** Causes may go round in a circle. */
  private static final int MOST_CAUSES = 8;

  WithoutMessage(Throwable failure) {
    this(failure, MOST_CAUSES);
  }

  private WithoutMessage(Throwable failure, int causes) {
    super(failure.getClass().getName() + HINT, cause(failure, causes), false, true);
    setStackTrace(failure.getStackTrace());
  }

  private static @Nullable Throwable cause(Throwable failure, int causes) {
    Throwable cause = failure.getCause();
    return cause == null || causes == 0 ? null : new WithoutMessage(cause, causes - 1);
  }
}
