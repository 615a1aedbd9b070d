package io.traceforge.okhttp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;
import okhttp3.Interceptor;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Lets what was recorded happen at its time after the call's begin. A pause ends as a wait for a
 * server would: when the call is cancelled, when a timeout of the client is over, when the thread
 * is interrupted.
 */
final class ReplayPace {
  /** Nobody tells an interceptor that a call was cancelled, so it has to look. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Call call;
  private final double factor;
  private final long readTimeoutNanos;
  private final long callTimeoutNanos;
  private final long begin = System.nanoTime();

  ReplayPace(Interceptor.Chain chain, double factor) {
    this.call = chain.call();
    this.factor = factor;
    this.readTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(chain.readTimeoutMillis());
    this.callTimeoutNanos = chain.call().timeout().timeoutNanos();
  }

  /** Waits where no caller sets a deadline of his own. */
  void await(@Nullable Duration sinceBegin) throws IOException {
    await(sinceBegin, new Timeout()); // Timeout.NONE would not look for interrupts
  }

  /** Waits for the time of something that was recorded; not at all if that is not known. */
  void await(@Nullable Duration sinceBegin, Timeout timeout) throws IOException {
    double nanos = sinceBegin == null ? 0 : sinceBegin.toNanos() * factor;
    long pauseBegin = System.nanoTime();
    throwIfOver(pauseBegin, timeout);
    for (long left = left(nanos); left > 0; left = left(nanos)) {
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      throwIfOver(pauseBegin, timeout);
    }
  }

  private long left(double nanos) {
    return (long) nanos - (System.nanoTime() - begin);
  }

  private void throwIfOver(long pauseBegin, Timeout timeout) throws IOException {
    if (call.isCanceled()) {
      throw new IOException("Canceled");
    }
    timeout.throwIfReached();
    long now = System.nanoTime();
    if (isOver(now - begin, callTimeoutNanos)) {
      throw new InterruptedIOException("timeout"); // OkHttp watches no longer than to the headers
    }
    if (isOver(now - pauseBegin, readTimeoutNanos)) {
      throw new SocketTimeoutException("timeout");
    }
  }

  private static boolean isOver(long elapsed, long timeoutNanos) {
    return timeoutNanos != 0 && elapsed >= timeoutNanos;
  }
}
