package io.traceforge.okhttp;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.Timeout;

/**
 * What is left of a response that the caller closes before its end. On HTTP/1, OkHttp itself reads
 * on for 100 ms at most, to be able to use the connection again; reading it here instead costs no
 * more and keeps the provider's error of a response that nobody read. Elsewhere only what has come
 * already is taken.
 */
enum Remainder {
  ON_THE_WIRE,
  BUFFERED;

  private static final long OKHTTPS_OWN_BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  static Remainder of(Response response) {
    boolean http1 =
        response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0;
    // A body that somebody else put there may block on a read where its close would not.
    boolean okHttpsOwn =
        response.body() != null
            && response
                .body()
                .getClass()
                .getName()
                .equals("okhttp3.internal.http.RealResponseBody");
    return http1 && okHttpsOwn && response.networkResponse() != null ? ON_THE_WIRE : BUFFERED;
  }

  /** Reads what is left; returns whether the end was seen. Never throws. */
  boolean readInto(ByteTap tap, BufferedSource source, FailureShield shield) {
    try {
      return this == ON_THE_WIRE ? readOn(tap, source) : takeBuffered(tap, source);
    } catch (IOException slowOrGone) {
      return false;
    } catch (RuntimeException | Error failure) {
      shield.failed(failure);
      return false;
    }
  }

  private static boolean takeBuffered(ByteTap tap, BufferedSource source) {
    if (source.isOpen()) {
      tap.copy(source.getBuffer(), 0, source.getBuffer().size());
    }
    return false;
  }

  private static boolean readOn(ByteTap tap, BufferedSource source) throws IOException {
    Timeout timeout = source.timeout();
    long now = System.nanoTime();
    boolean hadDeadline = timeout.hasDeadline();
    long deadline = hadDeadline ? timeout.deadlineNanoTime() : 0;
    long bound = now + OKHTTPS_OWN_BOUND_NANOS;
    timeout.deadlineNanoTime(hadDeadline ? Math.min(deadline, bound) : bound);
    try {
      return readToEnd(tap, source);
    } finally {
      if (hadDeadline) {
        timeout.deadlineNanoTime(deadline);
      } else {
        timeout.clearDeadline();
      }
    }
  }

  private static boolean readToEnd(ByteTap tap, BufferedSource source) throws IOException {
    Buffer passing = new Buffer();
    while (true) {
      long count = source.read(passing, 8192);
      if (count < 0) {
        return true;
      }
      tap.copy(passing, 0, count);
      passing.clear();
    }
  }
}
