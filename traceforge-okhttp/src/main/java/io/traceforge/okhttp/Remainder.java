package io.traceforge.okhttp;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Timeout;

/**
 * What is left of a response that the caller closes before its end. On HTTP/1, OkHttp itself reads
 * on for 100 ms at most, to be able to use the connection again; reading it here instead costs no
 * more and keeps the provider's error of a response that nobody read. But a read of ours that fails
 * tells the user's listener of a failed call, so only what is short and whole in all likelihood is
 * read on: not a stream. Elsewhere only what has come already is taken.
 */
enum Remainder {
  /** The rest of an answer that is known to be short. */
  SHORT,
  /** Perhaps no more than the end of a JSON document's encoding, or all of a document. */
  END_OF_JSON,
  /** Perhaps no more than the end of some document's encoding. */
  END,
  /** Nothing but what has come. */
  BUFFERED;

  private static final long OKHTTPS_OWN_BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SHORT_BYTES = 64 << 10;
  private static final int FIRST_ERROR_STATUS = 400;

  static Remainder of(Response response) {
    Response network = response.networkResponse();
    if (network == null || response.cacheResponse() != null || !isOkHttpsOwn(response)) {
      return BUFFERED;
    }
    if ("chunked".equalsIgnoreCase(network.header("Transfer-Encoding"))) {
      if (response.code() >= FIRST_ERROR_STATUS) {
        return SHORT;
      }
      return isJson(response) ? END_OF_JSON : END;
    }
    long length = declaredLength(network);
    if (length < 0) {
      return BUFFERED; // ends with the connection: OkHttp does not read on either
    }
    return length <= SHORT_BYTES ? SHORT : END;
  }

  /** A body that somebody else put there may block on a read where its close would not. */
  private static boolean isOkHttpsOwn(Response response) {
    ResponseBody body = response.body();
    boolean http1 =
        response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0;
    return http1
        && body != null
        && body.getClass().getName().equals("okhttp3.internal.http.RealResponseBody");
  }

  private static boolean isJson(Response response) {
    ResponseBody body = response.body();
    MediaType type = body == null ? null : body.contentType();
    return type != null && (type.subtype().equals("json") || type.subtype().endsWith("+json"));
  }

  private static long declaredLength(Response network) {
    String length = network.header("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException malformed) {
      return -1;
    }
  }

  /** Reads what is left; returns whether the end was seen. Never throws. */
  boolean readInto(ByteTap tap, BufferedSource source, FailureShield shield) {
    try {
      return mayBeRead(tap) ? readOn(tap, source) : takeBuffered(tap, source);
    } catch (IOException slowOrGone) {
      return false;
    } catch (Throwable failure) {
      shield.failed(failure);
      return false;
    }
  }

  private boolean mayBeRead(ByteTap tap) {
    return switch (this) {
      case SHORT -> true;
      case END_OF_JSON -> tap.size() == 0 || tap.mayBeWholeJson();
      case END -> tap.mayBeWholeJson();
      case BUFFERED -> false;
    };
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
    long total = 0;
    while (total <= SHORT_BYTES) {
      long count = source.read(passing, 8192);
      if (count < 0) {
        return true;
      }
      tap.copy(passing, 0, count);
      passing.clear();
      total += count;
    }
    return false;
  }
}
