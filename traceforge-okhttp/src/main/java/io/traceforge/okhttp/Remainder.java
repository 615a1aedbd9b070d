package io.traceforge.okhttp;

import java.io.IOException;
import java.util.Set;
import okhttp3.internal.http2.Http2Stream;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.RealBufferedSource;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * What OkHttp holds of a response that the caller closes before its end. OkHttp itself reads on
 * over HTTP/1, to be able to use the connection again, beneath the place where it counts bytes and
 * tells the user's listener of them. Reading at that very place keeps the rest for the record, and
 * nobody hears of it; OkHttp then finds nothing left to read. Over HTTP/2, where OkHttp reads no
 * further, only what has come already is taken.
 */
final class Remainder implements Source {
  private static final String COUNTING_SOURCE =
      "okhttp3.internal.connection.Exchange$ResponseBodySource";

  /** A body that ends with its connection is missing: OkHttp does not read on there either. */
  private static final Set<String> READ_ON_BY_OKHTTP =
      Set.of(
          "okhttp3.internal.http1.Http1ExchangeCodec$FixedLengthSource",
          "okhttp3.internal.http1.Http1ExchangeCodec$ChunkedSource");

  private final BufferedSource received;
  private final Source wire;

  private Remainder(BufferedSource received, Source wire) {
    this.received = received;
    this.wire = wire;
  }

  /** Returns what is beneath a body's source, or null if that is not OkHttp's own. */
  static @Nullable Remainder beneath(BufferedSource received) {
    Source source = received instanceof RealBufferedSource buffered ? buffered.source : null;
    if (source instanceof Passage passage) {
      return new Remainder(received, passage.remainder());
    }
    return source instanceof ForwardingSource counting
            && counting.getClass().getName().equals(COUNTING_SOURCE)
        ? new Remainder(received, counting.delegate())
        : null;
  }

  /** Returns whether a read would give what OkHttp throws away, or tell the end. */
  boolean mayBeRead() {
    return received.getBuffer().size() > 0 || wireMayBeRead();
  }

  private boolean wireMayBeRead() {
    if (wire instanceof Remainder inner) {
      return inner.mayBeRead();
    }
    if (wire instanceof Http2Stream.FramingSource stream) {
      return stream.getReadBuffer().size() > 0 || stream.getFinished$okhttp();
    }
    return READ_ON_BY_OKHTTP.contains(wire.getClass().getName());
  }

  /** Reads what there is; returns -1 at the end, and where OkHttp would read no further. */
  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    Buffer readAhead = received.getBuffer();
    if (readAhead.size() > 0) {
      return readAhead.read(sink, byteCount);
    }
    return wireMayBeRead() ? wire.read(sink, byteCount) : -1;
  }

  @Override
  public Timeout timeout() {
    return wire.timeout();
  }

  /** Does nothing: whoever received the body closes it. */
  @Override
  public void close() {}
}
